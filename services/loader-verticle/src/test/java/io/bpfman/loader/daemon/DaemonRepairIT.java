package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.BpfmanProgramType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon finds when it starts, and what it makes of it. */
@Tag("kernel")
class DaemonRepairIT {
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
  void killedDaemonComesBackWithTheSameIds() throws Exception {
    List<String> pins = fixture.daemon.pins();
    restart();
    assertEquals(List.of(link), fixture.client().get(program).getInfo().getLinksList());
    assertEquals(pins, fixture.daemon.pins());
  }

  @Test
  void linkIdsAreNotUsedAgainAfterRestart() throws Exception {
    fixture.client().detach(link);
    restart();
    assertTrue(fixture.client().attach(program, fixture.xdp()) > link);
  }

  @Test
  void lostLinkIsAttachedAgainUnderItsId() throws Exception {
    fixture.daemon.kill();
    Files.delete(fixture.daemon.pin("links/" + link));
    fixture.daemon.start();
    assertTrue(fixture.daemon.pins().contains("links/" + link));
    assertEquals(List.of(link), fixture.client().get(program).getInfo().getLinksList());
  }

  @Test
  void pinsOfNobodyAreRemoved() throws Exception {
    fixture.daemon.kill();
    List<String> before = fixture.daemon.pins();
    run("bpftool", "prog", "pin", "id", Integer.toString(program), orphan("prog_4000000000"));
    Files.createDirectory(fixture.daemon.pin("maps/4000000000"));
    fixture.daemon.start();
    assertEquals(before, fixture.daemon.pins());
    assertTrue(Files.notExists(fixture.daemon.pin("maps/4000000000")));
  }

  @Test
  void programThatLostItsPinButLivesIsPinnedAgain() throws Exception {
    fixture.daemon.kill();
    Files.delete(fixture.daemon.pin("prog_" + program));
    fixture.daemon.start();
    assertTrue(fixture.daemon.pins().contains("prog_" + program));
  }

  @Test
  void programThatIsGoneIsDroppedFromTheStore() throws Exception {
    fixture.daemon.kill();
    Files.delete(fixture.daemon.pin("links/" + link));
    Files.delete(fixture.daemon.pin("prog_" + program));
    Awaitility.await("the kernel frees the program")
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> !exists("bpftool", "prog", "show", "id", Integer.toString(program)));
    fixture.daemon.start();
    assertEquals(List.of(), fixture.daemon.pins());
    assertTrue(fixture.daemon.log().contains("has been dropped"), fixture.daemon.log());
  }

  @Test
  void secondDaemonOnTheSameDirectoryIsRefusedByName() throws Exception {
    DaemonProcess other = new DaemonProcess(directory);
    other.environment("BPFMAN_LOCK_TIMEOUT", "200ms");
    Process second = other.launch();
    assertTrue(second.waitFor(20, TimeUnit.SECONDS));
    assertEquals(1, second.exitValue());
    assertTrue(fixture.daemon.log().contains("another process ("), fixture.daemon.log());
    assertEquals(List.of(link), fixture.client().get(program).getInfo().getLinksList());
  }

  private void restart() throws Exception {
    fixture.daemon.kill();
    assertTrue(Files.exists(fixture.daemon.socket()), "a killed daemon leaves its socket file");
    fixture.daemon.start();
  }

  private String orphan(String name) {
    return fixture.daemon.pin(name).toString();
  }

  private static void run(String... command) throws Exception {
    assertTrue(exists(command), String.join(" ", command));
  }

  private static boolean exists(String... command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
