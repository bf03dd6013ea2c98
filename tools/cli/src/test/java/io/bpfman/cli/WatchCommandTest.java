package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchOverflow;
import io.bpfman.proto.x.v1.WatchedInterface;
import io.bpfman.proto.x.v1.WatchedLink;
import io.bpfman.proto.x.v1.WatchedObject;
import io.bpfman.proto.x.v1.WatchedProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchCommandTest {
  private final CliHarness cli = new CliHarness();

  @BeforeEach
  void script() {
    cli.loader()
        .setWatchEvents(
            List.of(
                event(1, WatchKind.WATCH_KIND_WATCHING).build(),
                event(2, WatchKind.WATCH_KIND_INTERFACE_RENAMED)
                    .setInterface(
                        WatchedInterface.newBuilder()
                            .setName("wan")
                            .setOldName("eth0")
                            .setNetns("/run/netns/x")
                            .setIndex(5)
                            .setUp(true))
                    .build(),
                event(3, WatchKind.WATCH_KIND_PROGRAM_LOADED)
                    .setProgram(WatchedProgram.newBuilder().setId(-1).setName("count"))
                    .build(),
                event(4, WatchKind.WATCH_KIND_OBJECT_LOADED)
                    .setObject(WatchedObject.newBuilder().addProgramIds(-1).addProgramIds(7))
                    .build(),
                event(5, WatchKind.WATCH_KIND_LINK_LOST)
                    .setLink(
                        WatchedLink.newBuilder()
                            .setId(7)
                            .setProgramId(42)
                            .setAttachPoint("eth0 ingress")
                            .setReason("pin \"x\" is missing")
                            .putMetadata("k", "v"))
                    .build(),
                event(9, WatchKind.WATCH_KIND_OVERFLOW)
                    .setOverflow(WatchOverflow.newBuilder().setMissed(4))
                    .build()));
  }

  private static WatchEvent.Builder event(long sequence, WatchKind kind) {
    return WatchEvent.newBuilder()
        .setSequence(sequence)
        .setAt(Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(5_000_000))
        .setKind(kind);
  }

  @Test
  void eachEventIsOneLine() {
    CliHarness.Result result = cli.run("watch");
    assertEquals(
        """
        2023-11-14T22:13:20.005Z  watching            watching
        2023-11-14T22:13:20.005Z  interface-renamed   interface wan in /run/netns/x (index 5) was eth0 before
        2023-11-14T22:13:20.005Z  program-loaded      program 4294967295 (count) is loaded
        2023-11-14T22:13:20.005Z  object-loaded       an object is loaded as program 4294967295, 7
        2023-11-14T22:13:20.005Z  link-lost           link 7 of program 42 on eth0 ingress is lost: pin "x" is missing
        2023-11-14T22:13:20.005Z  overflow            4 events were missed, because they were not read in time
        """,
        result.out());
  }

  @Test
  void daemonThatGoesAwayIsAFailure() {
    CliHarness.Result result = cli.run("watch");
    assertEquals(1, result.code());
    assertEquals("bpfman: the daemon is stopping\n", result.err());
  }

  /** Not even root's command works in the place of a daemon here. */
  @Test
  void withoutADaemonTheSentenceSaysHowToStartOne(@TempDir Path directory) {
    DaemonOrLocal.Local local =
        (target, served) -> {
          throw new IllegalStateException("nobody else can be watched");
        };
    StringWriter err = new StringWriter();
    int code =
        new Commands(
                new DaemonOrLocal(new GrpcOpener(Duration.ofSeconds(5)), local, true),
                Map.of(),
                new PrintWriter(new StringWriter()),
                new PrintWriter(err))
            .run(List.of("watch", "--socket-path", directory.resolve("none.sock").toString()));
    assertEquals(1, code);
    assertTrue(err.toString().contains("none.sock: the socket does not exist"), err.toString());
    assertTrue(err.toString().contains("hint: start it with: bpfman serve"), err.toString());
  }

  @Test
  void jsonIsOneObjectALine() {
    List<String> lines = cli.run("watch", "-o", "json").out().lines().toList();
    assertEquals(6, lines.size());
    assertEquals(
        "{\"sequence\": 5,\"time\": \"2023-11-14T22:13:20.005Z\",\"kind\": \"link-lost\","
            + "\"link\": {\"id\": 7,\"program_id\": 42,\"attach_point\": \"eth0 ingress\","
            + "\"metadata\": {\"k\": \"v\"},\"reason\": \"pin \\\"x\\\" is missing\"}}",
        lines.get(4));
    assertTrue(lines.get(3).contains("\"program_ids\": [4294967295,7]"), lines.get(3));
  }

  @Test
  void kindThatDoesNotExistIsAUsageErrorThatListsThem() {
    CliHarness.Result result = cli.run("watch", "--kinds", "link,lnk-lost");
    assertEquals(80, result.code());
    assertTrue(result.err().contains("lnk-lost"), result.err());
    assertTrue(result.err().contains("interface-appeared, interface-up"), result.err());
    assertEquals(1, cli.run("watch", "--kinds", "link,interface-up").code(), "understood");
  }
}
