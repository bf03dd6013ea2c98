package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a host where no daemon listens: the work is done in the command's own process. */
@Tag("kernel")
class WithoutDaemonIT {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path directory;
  private Path object;

  @BeforeEach
  void compile() {
    Path source = Path.of(System.getProperty("bpfman.root"), "k8s/samples/xdp_counter.c");
    object = BpfCompiler.compile(source, directory.resolve("xdp_counter.o"));
  }

  @AfterEach
  void unmount() {
    Commands.tryRun("umount", runtimeDir().resolve("fs").toString());
  }

  @Test
  void programOutlivesTheCommandAndTheNextCommandFindsIt() {
    assertEquals(
        0,
        run("program", "load", "file", object.toString(), "--programs", "xdp:xdp_counter").code());
    String id = run("program", "list", "-q").out().strip();
    assertTrue(Files.exists(runtimeDir().resolve("fs/prog_" + id)), id);
    assertEquals(0, run("program", "unload", id).code());
    assertEquals("", run("program", "list", "-q").out());
  }

  @Test
  void doctorShowsDriftThatEveryOtherCommandWouldHaveMended() throws Exception {
    run("program", "load", "file", object.toString(), "--programs", "xdp:xdp_counter");
    String id = run("program", "list", "-q").out().strip();
    assertEquals(0, run("doctor").code());
    Files.delete(runtimeDir().resolve("fs/prog_" + id));
    Awaitility.await("the kernel frees the program")
        .atMost(Duration.ofSeconds(10))
        .until(() -> run("doctor").out().contains("is no longer in the kernel"));
    assertEquals(1, run("doctor").code());
    assertEquals(0, run("doctor", "--repair").code());
    assertEquals("Store, pins and kernel agree.\n", run("doctor").out());
    assertEquals("", run("program", "list", "-q").out());
  }

  /** The words that scripts for bpfman look for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "link get 12",
        "link detach 12",
        "link delete 12",
        "link attach tracepoint 12 sched/sched_switch",
        "program get 12",
        "program unload 12",
        "program delete 12",
        "program replace OBJECT --id 12 --programs xdp:xdp_counter",
        "program load file OBJECT --programs xdp:xdp_counter --map-owner-id 12",
        "map dump 12 counters"
      })
  void whatIsNotThereDoesNotExist(String words) {
    CliHarness.Result result = run(words.replace("OBJECT", object.toString()).split(" "));
    assertEquals(1, result.code(), result.err());
    assertTrue(result.err().contains("does not exist"), result.err());
  }

  @Test
  void directoryOfARunningDaemonIsLeftAlone() {
    try (LoaderInstance daemon = LoaderInstance.open(runtimeDir())) {
      assertEquals(List.of(), daemon.repairs());
      CliHarness.Result result = run("program", "list");
      assertEquals(1, result.code());
      assertTrue(result.err().contains("works on " + runtimeDir()), result.err());
    }
  }

  @Test
  void socketThatIsNamedAloneMustAnswer() {
    StringWriter err = new StringWriter();
    String socket = directory.resolve("none.sock").toString();
    int code =
        new io.bpfman.cli.Commands(
                new DaemonOrLocal(new GrpcOpener(LIMIT), new InProcessOpener(LIMIT), true),
                Map.of(),
                new PrintWriter(new StringWriter(), true),
                new PrintWriter(err, true))
            .run(List.of("--socket-path", socket, "program", "list"));
    assertEquals(1, code);
    assertTrue(err.toString().contains(socket), err.toString());
  }

  @Test
  void userWithoutRightsIsToldToStartTheDaemon() {
    CliHarness.Result result = run(false, "program", "list");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("bpfman serve"), result.err());
    assertTrue(Files.notExists(runtimeDir()));
  }

  private Path runtimeDir() {
    return directory.resolve("run");
  }

  private CliHarness.Result run(String... words) {
    return run(true, words);
  }

  private CliHarness.Result run(boolean privileged, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> environment =
        Map.of(
            "BPFMAN_SOCKET_PATH", directory.resolve("none.sock").toString(),
            "BPFMAN_RUNTIME_DIR", runtimeDir().toString(),
            "BPFMAN_LOCK_TIMEOUT", "100ms");
    int code =
        new io.bpfman.cli.Commands(
                new DaemonOrLocal(new GrpcOpener(LIMIT), new InProcessOpener(LIMIT), privileged),
                environment,
                new PrintWriter(out, true),
                new PrintWriter(err, true))
            .run(List.of(words));
    return new CliHarness.Result(code, out.toString(), err.toString());
  }
}
