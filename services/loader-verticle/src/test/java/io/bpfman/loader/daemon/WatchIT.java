package io.bpfman.loader.daemon;

import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_INTERFACE_APPEARED;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_INTERFACE_DOWN;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_INTERFACE_GONE;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_INTERFACE_RENAMED;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_INTERFACE_UP;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_LINK_ATTACHED;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_LINK_DETACHED;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_LINK_LOST;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_OBJECT_LOADED;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_PINS_LOST;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_PROGRAM_LOADED;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_PROGRAM_LOST;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_PROGRAM_UNLOADED;
import static io.bpfman.proto.x.v1.WatchKind.WATCH_KIND_WATCHING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchedInterface;
import io.bpfman.runtime.LocalVertx;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watch of bpfman.x.v1: a daemon in its own process and namespace, the running kernel. */
@Tag("kernel")
class WatchIT {
  private static final int MANY = 100;
  private static final int CALLERS = 6;
  private static final int ROUNDS = 30;

  @TempDir Path directory;
  private final Vertx vertx = LocalVertx.create();
  private DaemonFixture fixture;

  @BeforeEach
  void startDaemon() throws Exception {
    fixture = DaemonFixture.inOwnNamespace(directory);
  }

  @AfterEach
  void stopDaemon() throws Exception {
    vertx.close().await();
    fixture.close();
  }

  private Watching watch(WatchKind... kinds) {
    return new Watching(vertx, fixture.daemon.socket(), kinds);
  }

  private int load(String function, BpfmanProgramType type) {
    return DaemonFixture.id(
        fixture
            .client()
            .load(
                GrpcJavaClient.request(fixture.object, function, type)
                    .putMetadata("bpfman.io/uuid", "u-1")
                    .build()));
  }

  @Test
  void interfacesOfTheDaemonsNamespaceAreTold() {
    try (Watching watching = watch()) {
      fixture.own.ip("link", "add", "a0", "type", "veth", "peer", "name", "b0");
      fixture.own.ip("link", "set", "b0", "up");
      fixture.own.ip("link", "set", "a0", "up");
      fixture.own.ip("link", "set", "a0", "down");
      fixture.own.ip("link", "set", "a0", "name", "c0");
      fixture.own.ip("link", "del", "c0");
      watching.await(event -> isGone(event, "c0"));
      List<WatchEvent> ofA =
          watching.heard().stream()
              .filter(event -> List.of("a0", "c0").contains(event.getInterface().getName()))
              .toList();
      assertEquals(
          List.of(
              WATCH_KIND_INTERFACE_APPEARED,
              WATCH_KIND_INTERFACE_UP,
              WATCH_KIND_INTERFACE_DOWN,
              WATCH_KIND_INTERFACE_RENAMED,
              WATCH_KIND_INTERFACE_GONE),
          ofA.stream().map(WatchEvent::getKind).toList());
      assertEquals("a0", ofA.get(3).getInterface().getOldName());
      assertEquals(
          1,
          ofA.stream().map(event -> event.getInterface().getIndex()).distinct().count(),
          "one interface, one index");
      assertTrue(ofA.get(1).getInterface().getUp());
      assertFalse(ofA.get(2).getInterface().getUp());
      assertNumbered(watching);
    }
  }

  private static boolean isGone(WatchEvent event, String name) {
    return event.getKind() == WATCH_KIND_INTERFACE_GONE
        && event.getInterface().getName().equals(name);
  }

  private static void assertNumbered(Watching watching) {
    assertEquals(
        LongStream.rangeClosed(1, watching.heard().size()).boxed().toList(),
        watching.heard().stream().map(WatchEvent::getSequence).toList());
    assertTrue(watching.heard().stream().allMatch(event -> event.getAt().getSeconds() > 0));
  }

  /** By rename, in a directory where nothing else tells. */
  @Test
  void replacedBinaryOfAProbeIsTold() throws Exception {
    Path target = directory.resolve("target");
    Files.copy(Path.of("/lib/x86_64-linux-gnu/libc.so.6"), target);
    int program = load("count_uprobe", BpfmanProgramType.UPROBE);
    UprobeAttachInfo.Builder probe =
        UprobeAttachInfo.newBuilder().setTarget(target.toString()).setFnName("getpgid");
    int link = fixture.client().attach(program, AttachInfo.newBuilder().setUprobeAttachInfo(probe));
    try (Watching watching = watch()) {
      Path fresh = Files.copy(target, directory.resolve("fresh"));
      Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
      WatchEvent lost = watching.await(WATCH_KIND_LINK_LOST);
      assertEquals(link, lost.getLink().getId());
      assertTrue(lost.getLink().getReason().contains("was replaced since"), lost::toString);
      fixture.client().doctor(true);
      watching.await(
          event -> event.getKind() == WATCH_KIND_LINK_ATTACHED && event.getLink().getId() == link);
    }
  }

  @Test
  void whatCallsDoIsToldWithMetadata() {
    try (Watching watching = watch()) {
      int program = load("count_xdp", BpfmanProgramType.XDP);
      AttachInfo.Builder where = fixture.xdp();
      where.getXdpAttachInfoBuilder().putMetadata("k", "v");
      int link = fixture.client().attach(program, where);
      fixture.client().detach(link);
      int second = fixture.client().attach(program, fixture.xdp());
      fixture.client().unload(program);
      watching.await(WATCH_KIND_PROGRAM_UNLOADED);
      assertEquals(
          List.of(
              WATCH_KIND_WATCHING,
              WATCH_KIND_PROGRAM_LOADED,
              WATCH_KIND_OBJECT_LOADED,
              WATCH_KIND_LINK_ATTACHED,
              WATCH_KIND_LINK_DETACHED,
              WATCH_KIND_LINK_ATTACHED,
              WATCH_KIND_LINK_DETACHED,
              WATCH_KIND_PROGRAM_UNLOADED),
          watching.kinds());
      List<WatchEvent> heard = watching.heard();
      assertEquals(Map.of("bpfman.io/uuid", "u-1"), heard.get(1).getProgram().getMetadataMap());
      assertEquals(List.of(program), heard.get(2).getObject().getProgramIdsList());
      assertEquals(link, heard.get(3).getLink().getId());
      assertEquals(Map.of("k", "v"), heard.get(3).getLink().getMetadataMap());
      assertEquals("veth0 in " + fixture.netns.path(), heard.get(3).getLink().getAttachPoint());
      assertEquals(second, heard.get(6).getLink().getId());
      assertNumbered(watching);
    }
  }

  @Test
  void onlyWhatWasAskedForIsTold() {
    try (Watching watching = watch(WATCH_KIND_PROGRAM_UNLOADED)) {
      int program = load("count_xdp", BpfmanProgramType.XDP);
      fixture.client().unload(program);
      watching.await(WATCH_KIND_PROGRAM_UNLOADED);
      assertEquals(List.of(WATCH_KIND_WATCHING, WATCH_KIND_PROGRAM_UNLOADED), watching.kinds());
      assertNumbered(watching);
    }
  }

  @Test
  void namespaceOfALinkIsWatchedAsLongAsTheLinkIsThere() throws Exception {
    int program = load("count_xdp", BpfmanProgramType.XDP);
    try (Watching watching = watch()) {
      int sockets = fixture.daemon.descriptors("socket:").size();
      int link = fixture.client().attach(program, fixture.xdp());
      Awaitility.await("one more socket")
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> fixture.daemon.descriptors("socket:").size() == sockets + 1);
      fixture.netns.ip("link", "add", "d0", "type", "veth", "peer", "name", "d1");
      WatchedInterface seen =
          watching.await(event -> event.getInterface().getName().equals("d0")).getInterface();
      assertEquals(fixture.netns.path().toString(), seen.getNetns());
      fixture.client().detach(link);
      Awaitility.await("the socket is closed")
          .atMost(5, TimeUnit.SECONDS)
          .until(() -> fixture.daemon.descriptors("socket:").size() == sockets);
    }
  }

  @Test
  void removedNamespaceIsLetGoAndItsLinksAreLost() throws Exception {
    int program = load("count_xdp", BpfmanProgramType.XDP);
    fixture.client().attach(program, fixture.xdp());
    try (Watching watching = watch()) {
      int sockets = fixture.daemon.descriptors("socket:").size();
      Commands.run("ip", "netns", "del", fixture.netns.name());
      WatchEvent lost = watching.await(WATCH_KIND_LINK_LOST);
      assertTrue(lost.getLink().getReason().contains("gone"), lost.toString());
      watching.await(event -> isGone(event, TestNetns.INTERFACE));
      assertEquals(sockets - 1, fixture.daemon.descriptors("socket:").size());
      Commands.run("ip", "netns", "add", fixture.netns.name());
      fixture.netns.ip("link", "add", "e0", "type", "veth", "peer", "name", "e1");
      watching.await(event -> event.getInterface().getName().equals("e0"));
    }
  }

  @Test
  void removedPinOfALinkIsTold() throws Exception {
    int program = load("count_tracepoint", BpfmanProgramType.TRACEPOINT);
    AttachInfo.Builder where = DaemonFixture.tracepoint();
    where.getTracepointAttachInfoBuilder().putMetadata("k", "v");
    int link = fixture.client().attach(program, where);
    try (Watching watching = watch()) {
      Files.delete(fixture.daemon.pin("links/" + link));
      WatchEvent lost = watching.await(WATCH_KIND_LINK_LOST);
      assertEquals(link, lost.getLink().getId());
      assertEquals(Map.of("k", "v"), lost.getLink().getMetadataMap());
      assertTrue(lost.getLink().getReason().contains("missing"), lost.toString());
      Files.delete(fixture.daemon.pin("prog_" + program));
      assertEquals(program, watching.await(WATCH_KIND_PROGRAM_LOST).getProgram().getId());
      fixture.client().unload(program);
      watching.await(WATCH_KIND_PROGRAM_UNLOADED);
      assertEquals(
          1, watching.kinds().stream().filter(WATCH_KIND_LINK_LOST::equals).count(), "once");
      assertEquals(
          1, watching.kinds().stream().filter(WATCH_KIND_PROGRAM_LOST::equals).count(), "once");
    }
  }

  @Test
  void linksOfARemovedInterfaceAreLost() {
    int xdp = attach("count_xdp", BpfmanProgramType.XDP, fixture.xdp());
    int tcx = attach("count_tc", BpfmanProgramType.TCX, fixture.tcx(10));
    int tc = attach("count_tc", BpfmanProgramType.TC, fixture.tc());
    try (Watching watching = watch(WATCH_KIND_LINK_LOST)) {
      fixture.netns.removeVeth();
      for (int link : List.of(xdp, tcx, tc)) {
        WatchEvent lost = watching.await(event -> event.getLink().getId() == link);
        assertTrue(lost.getLink().getReason().contains("gone"), lost.toString());
      }
    }
  }

  @Test
  void filterThatSomebodyRemovesIsALostLink() {
    int tc = attach("count_tc", BpfmanProgramType.TC, fixture.tc());
    try (Watching watching = watch(WATCH_KIND_LINK_LOST)) {
      fixture.netns.exec("tc", "filter", "del", "dev", TestNetns.INTERFACE, "ingress");
      assertEquals(tc, watching.await(WATCH_KIND_LINK_LOST).getLink().getId());
    }
  }

  /** The kernel tells nobody of it, so it is found at a tick. */
  @Test
  void linkThatSomebodyDetachesIsLost() {
    int link = attach("count_tc", BpfmanProgramType.TCX, fixture.tcx(10));
    try (Watching watching = watch(WATCH_KIND_LINK_LOST)) {
      Commands.run(
          "bpftool", "link", "detach", "pinned", fixture.daemon.pin("links/" + link).toString());
      assertEquals(link, watching.await(WATCH_KIND_LINK_LOST).getLink().getId());
    }
  }

  private int attach(String function, BpfmanProgramType type, AttachInfo.Builder where) {
    return fixture.client().attach(load(function, type), where);
  }

  @Test
  void stuckWatcherHoldsUpNobodyAndIsToldWhatItMissed() {
    try (StuckWatcher stuck = new StuckWatcher(fixture.daemon.socket())) {
      String big = "x".repeat(20_000);
      for (int i = 0; i < 400; i++) {
        int program =
            DaemonFixture.id(
                fixture
                    .client()
                    .load(
                        GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
                            .putMetadata("big", big)
                            .build()));
        fixture.client().unload(program);
      }
      List<WatchEvent> heard = stuck.readAll(1_201);
      WatchEvent overflow =
          heard.stream().filter(WatchEvent::hasOverflow).findFirst().orElseThrow();
      long missed = overflow.getOverflow().getMissed();
      assertTrue(missed > 100, "missed " + missed + " of " + heard.size());
      assertEquals(1_201, heard.size() - 1 + missed, "all are accounted for");
      assertEquals(1_201, heard.getLast().getSequence());
    }
  }

  @Test
  void pinsThatWentWithTheirFileSystemAreTold() {
    load("count_xdp", BpfmanProgramType.XDP);
    Path pins = fixture.daemon.runtimeDir().resolve("fs");
    try (Watching watching = watch(WATCH_KIND_PINS_LOST)) {
      Commands.run("umount", pins.toString());
      load("count_tc", BpfmanProgramType.TCX);
      watching.await(WATCH_KIND_PINS_LOST);
      load("count_tc", BpfmanProgramType.TCX);
      assertEquals(List.of(WATCH_KIND_WATCHING, WATCH_KIND_PINS_LOST), watching.kinds());
    }
  }

  /** What is taken off on purpose is never lost, however closely it is watched. */
  @Test
  void busyDaemonLosesNothing() throws Exception {
    try (Watching watching = watch();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<Void>> done =
          callers.invokeAll(
              IntStream.range(0, CALLERS).<Callable<Void>>mapToObj(this::busyCaller).toList());
      for (Future<Void> caller : done) {
        caller.get();
      }
      Awaitility.await("all is told")
          .atMost(10, TimeUnit.SECONDS)
          .until(() -> count(watching, WATCH_KIND_PROGRAM_UNLOADED) == CALLERS * ROUNDS);
      assertEquals(CALLERS * ROUNDS * 2, count(watching, WATCH_KIND_LINK_ATTACHED));
      assertEquals(CALLERS * ROUNDS * 2, count(watching, WATCH_KIND_LINK_DETACHED));
      assertEquals(0, count(watching, WATCH_KIND_LINK_LOST));
      assertEquals(0, count(watching, WATCH_KIND_PROGRAM_LOST));
    }
  }

  private Callable<Void> busyCaller(int number) {
    return () -> {
      for (int i = 0; i < ROUNDS; i++) {
        int program = load("count_tc", BpfmanProgramType.TCX);
        int link = fixture.client().attach(program, fixture.tcx(number));
        fixture.client().detach(link);
        fixture.client().attach(program, fixture.tcx(number));
        fixture.client().unload(program);
      }
      return null;
    };
  }

  private static long count(Watching watching, WatchKind kind) {
    return watching.kinds().stream().filter(kind::equals).count();
  }

  @Test
  void hundredWatchersHearAllAndLeaveNothing() throws Exception {
    assertIdle();
    List<Watching> all = IntStream.range(0, MANY).mapToObj(i -> watch()).toList();
    assertTrue(fixture.daemon.hasThread("kernel-watch"));
    fixture.own.ip("link", "add", "a0", "type", "veth", "peer", "name", "b0");
    all.forEach(watching -> watching.await(event -> event.getInterface().getName().equals("a0")));
    assertEquals(2, fixture.daemon.descriptors("inotify").size(), "for pins, and for targets");
    assertEquals(List.of(), fixture.daemon.bpfDescriptors());
    all.subList(0, MANY / 2).forEach(watching -> watching.watch().close().await());
    all.subList(MANY / 2, MANY).forEach(Watching::close);
    Awaitility.await("everything is let go")
        .atMost(5, TimeUnit.SECONDS)
        .untilAsserted(this::assertIdle);
    all.forEach(Watching::close);
    try (Watching again = watch()) {
      fixture.own.ip("link", "del", "a0");
      again.await(event -> isGone(event, "a0"));
    }
  }

  private void assertIdle() throws Exception {
    assertFalse(fixture.daemon.hasThread("kernel-watch"));
    assertEquals(List.of(), fixture.daemon.descriptors("inotify"));
    assertEquals(List.of(), fixture.daemon.bpfDescriptors());
  }

  @Test
  void stoppingDaemonTellsItsWatchersAndEndsInTime() throws Exception {
    try (StuckWatcher stuck = new StuckWatcher(fixture.daemon.socket())) {
      List<Watching> all = Stream.generate(this::watch).limit(3).toList();
      fixture.daemon.terminate();
      for (Watching watching : all) {
        Awaitility.await().atMost(5, TimeUnit.SECONDS).until(() -> watching.watch().end().failed());
        Throwable end = watching.watch().end().cause();
        assertEquals(FailureCode.UNAVAILABLE, ((BpfmanException) end).code());
        assertTrue(end.getMessage().contains("stopping"), end.getMessage());
        watching.close();
      }
    }
  }
}
