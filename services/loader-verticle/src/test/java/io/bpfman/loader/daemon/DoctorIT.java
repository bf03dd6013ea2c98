package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.x.v1.Finding;
import io.bpfman.proto.x.v1.RepairOutcome;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A doctor asked while the daemon runs. */
@Tag("kernel")
class DoctorIT {
  @TempDir Path directory;
  private DaemonFixture fixture;
  private int program;
  private int link;

  @BeforeEach
  void attachOneProgram() throws Exception {
    fixture = new DaemonFixture(directory);
    program =
        DaemonFixture.id(fixture.client().load(fixture.object, "count_xdp", BpfmanProgramType.XDP));
    link = fixture.client().attach(program, fixture.xdp());
  }

  @AfterEach
  void stopDaemon() throws Exception {
    fixture.close();
  }

  @Test
  void removedLinkPinIsFoundAndAttachedAgainOnTheInterface() throws Exception {
    assertEquals(List.of(), fixture.client().doctor(false));
    Files.delete(fixture.daemon.pin("links/" + link));
    assertTrue(fixture.client().doctor(false).getFirst().getSubject().startsWith("link " + link));
    assertTrue(!linkLine().contains("prog/xdp"), linkLine());

    assertRepaired(1);
    assertTrue(linkLine().contains("prog/xdp"), linkLine());
    assertEquals(List.of(link), fixture.client().get(program).getInfo().getLinksList());
  }

  @Test
  void orphansAndLostPinsAreMendedWithoutARestart() throws Exception {
    List<String> before = fixture.daemon.pins();
    Commands.run(
        "bpftool",
        "prog",
        "pin",
        "id",
        Integer.toString(program),
        fixture.daemon.pin("prog_4000000000").toString());
    Files.createDirectory(fixture.daemon.pin("maps/4000000000"));
    Files.delete(fixture.daemon.pin("prog_" + program));

    assertEquals(3, fixture.client().doctor(false).size());
    assertRepaired(3);
    assertEquals(before, fixture.daemon.pins());
    assertTrue(Files.notExists(fixture.daemon.pin("maps/4000000000")));
  }

  @Test
  void linkWhoseInterfaceIsGoneIsToldAndStays() throws Exception {
    fixture.netns.removeVeth();
    Finding finding = fixture.client().doctor(true).getFirst();
    assertEquals(RepairOutcome.REPAIR_OUTCOME_FAILED, finding.getOutcome());
    assertTrue(finding.getReason().contains(TestNetns.INTERFACE), finding.getReason());
    assertEquals(1, fixture.client().doctor(false).size());
  }

  /** Operations of all kinds pass through states that look like drift from outside. */
  @Test
  void operationsUnderWayAreNeverTakenForDriftNorHarmed() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    List<Future<?>> callers = new ArrayList<>();
    try (var pool = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        callers.add(pool.submit(() -> loadAttachDetachUnloadUntil(enough)));
      }
      List<Finding> found = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        found.addAll(fixture.client().doctor(i % 2 == 1));
      }
      enough.set(true);
      for (Future<?> caller : callers) {
        caller.get(30, TimeUnit.SECONDS);
      }
      assertEquals(List.of(), found);
    }
    assertEquals(List.of(), fixture.client().doctor(false));
    assertEquals(List.of(link), fixture.client().get(program).getInfo().getLinksList());
  }

  private void loadAttachDetachUnloadUntil(AtomicBoolean enough) {
    while (!enough.get()) {
      int id =
          DaemonFixture.id(
              fixture
                  .client()
                  .load(fixture.object, "count_tracepoint", BpfmanProgramType.TRACEPOINT));
      int first = fixture.client().attach(id, DaemonFixture.tracepoint());
      fixture.client().detach(first);
      fixture.client().attach(id, DaemonFixture.tracepoint());
      fixture.client().unload(id);
    }
  }

  private String linkLine() {
    return fixture.netns.exec("ip", "-d", "link", "show", "dev", TestNetns.INTERFACE);
  }

  private void assertRepaired(int count) {
    List<Finding> repaired = fixture.client().doctor(true);
    assertEquals(count, repaired.size(), repaired.toString());
    for (Finding finding : repaired) {
      assertEquals(RepairOutcome.REPAIR_OUTCOME_REPAIRED, finding.getOutcome(), finding.toString());
    }
    assertEquals(List.of(), fixture.client().doctor(false));
  }
}
