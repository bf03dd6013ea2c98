package io.bpfman.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every word as it is installed: the launchers leave out jars that a word should never need, and
 * only running it shows that it does not.
 */
@Tag("kernel")
class InstalledCommandsIT {
  private static final Path ROOT = Path.of(System.getProperty("bpfman.root"));
  private static final String BPFMAN =
      ROOT.resolve("tools/cli/target/bpfman/bin/bpfman").toString();

  @TempDir private Path directory = Path.of("");

  private String object = "";

  @BeforeEach
  void compile() {
    Path source = ROOT.resolve("k8s/samples/tracepoint_counter.c");
    object = BpfCompiler.compile(source, directory.resolve("counter.o")).toString();
  }

  @AfterEach
  void unmount() {
    Commands.tryRun("umount", at("run/fs"));
  }

  @Test
  void wordsThatAskADaemonNeedNoMoreThanTheirJars() throws Exception {
    Process daemon = serve();
    try {
      useEverything();
      daemon.destroy();
      assertTrue(daemon.waitFor(10, TimeUnit.SECONDS));
    } finally {
      daemon.destroyForcibly();
    }
    assertTrue(log().contains("stopping; programs stay"), log());
    assertTrue(log().contains("cannot tell the service manager STOPPING=1"), log());
    assertEquals(List.of(), log().lines().filter(InstalledCommandsIT::namesAClass).toList());
  }

  private Process serve() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                BPFMAN, "serve", "--runtime-dir", at("run"), "--socket-path", at("bpfman.sock"))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile());
    // Nobody listens there; what it needs to say so is what it needs to be heard.
    builder.environment().put("NOTIFY_SOCKET", at("absent"));
    Process daemon = builder.start();
    Awaitility.await("the daemon serves")
        .atMost(30, TimeUnit.SECONDS)
        .failFast(() -> !daemon.isAlive())
        .until(() -> log().contains("serving bpfman.v1"));
    return daemon;
  }

  private void useEverything() {
    run("check", object);
    run("program", "load", "file", object, "--programs", "tracepoint:tracepoint_counter");
    String program = run("program", "list", "-q").strip();
    run("link", "attach", "tracepoint", program, "syscalls/sys_enter_getpgid");
    String link = run("link", "list", "-q").strip();
    assertSays("\"tracepoint_counter\"", run("program", "get", program, "-o", "json"));
    assertSays("sys_enter_getpgid", run("link", "get", link));
    run("get", "programs");
    run("get", "links");
    useMap(program);
    assertSays("tracepoint_counter", run("top", "--once"));
    run("dispatcher", "list");
    assertSays("tracepoint", run("probe"));
    run("doctor");
    run(
        "program",
        "replace",
        object,
        "--id",
        program,
        "--programs",
        "tracepoint:tracepoint_counter");
    String replaced = run("program", "list", "-q").strip();
    run("link", "detach", link);
    run("program", "unload", replaced);
    assertEquals("", run("program", "list", "-q"));
  }

  private void useMap(String program) {
    assertSays("executions", run("map", "list", program));
    assertSays("0", run("map", "dump", program, "executions"));
    run("map", "lookup", program, "executions", "0");
  }

  @Test
  void wordsWithoutADaemonNeedNoMoreThanTheirJars() {
    run("program", "load", "file", object, "--programs", "tracepoint:tracepoint_counter");
    String program = run("program", "list", "-q").strip();
    run("program", "unload", program);
    run("doctor");
  }

  @Test
  void wordsThatReadManifestsNeedNoMoreThanTheirJars() throws IOException {
    String manifest = ROOT.resolve("k8s/samples/xdp-counter.yaml").toString();
    Files.createDirectory(directory.resolve("manifests"));
    run("validate", "-f", manifest);
    run("apply", "-f", manifest);
    run("get", "applications");
    run("delete", "xdp-counter");
  }

  @Test
  void wordsThatAskNobodyNeedNoMoreThanTheirJars() {
    assertTrue(run("version").startsWith("bpfman "));
    assertTrue(run("help").startsWith("Usage: bpfman"));
    assertSays("complete -F", run("completion", "bash"));
  }

  private static void assertSays(String part, String whole) {
    assertTrue(whole.contains(part), whole);
  }

  private String at(String relative) {
    return directory.resolve(relative).toString();
  }

  private String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  private static boolean namesAClass(String line) {
    return line.contains("NoClassDefFoundError") || line.contains("ClassNotFoundException");
  }

  private String run(String... words) {
    List<String> command = new ArrayList<>(List.of(BPFMAN));
    command.addAll(List.of("--socket-path", at("bpfman.sock"), "--runtime-dir", at("run")));
    command.addAll(List.of("--manifests", at("manifests")));
    command.addAll(List.of(words));
    return Commands.run(command.toArray(String[]::new));
  }
}
