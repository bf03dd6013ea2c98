package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.daemon.SocketFile;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands in a network namespace where no interface has an address, and where no daemon is. */
@Tag("kernel")
class NewNamespaceIT {
  private static final Path ROOT = Path.of(System.getProperty("bpfman.root"));

  @TempDir Path directory;
  private TestNetns netns;
  private Path object;

  @BeforeEach
  void prepare() {
    netns = TestNetns.create();
    netns.ip("link", "set", TestNetns.INTERFACE, "down");
    netns.ip("link", "set", "lo", "down");
    object =
        BpfCompiler.compile(
            ROOT.resolve("k8s/samples/xdp_counter.c"), directory.resolve("xdp_counter.o"));
  }

  @AfterEach
  void remove() {
    Commands.tryRun("umount", directory.resolve("run/fs").toString());
    netns.close();
  }

  @Test
  void commandsWorkAndSayNothingOfIt() throws Exception {
    assertEquals("", bpfman("program", "list", "-q"));
    assertWorks();
  }

  @Test
  void loopbackOfAnotherNameIsAnInterfaceLikeOthers() throws Exception {
    netns.ip("link", "set", "lo", "name", "round");
    assertEquals("", bpfman("program", "list", "-q"));
    assertWorks();
  }

  @Test
  void nameThatMeansAnotherInterfaceToTheDaemonIsRefusedWithTheWayOut() throws Exception {
    Path socket = directory.resolve("sock");
    Process daemon = start(List.of(), "serve", "--socket-path", socket.toString());
    try {
      Awaitility.await("the daemon listens").until(() -> new SocketFile(socket).answers());
      String refused =
          bpfman(
              1, "--socket-path", socket.toString(), "link", "attach", "xdp", "7", "lo", "-p", "1");
      assertTrue(refused.contains("in the daemon's network namespace"), refused);
      assertTrue(refused.contains("give --netns /run/netns/" + netns.name()), refused);
      String path = netns.path().toString();
      String found =
          bpfman(
              1,
              "--socket-path",
              socket.toString(),
              "link",
              "attach",
              "xdp",
              "7",
              "lo",
              "-p",
              "1",
              "-n",
              path);
      assertTrue(found.contains("program 7 does not exist"), found);
    } finally {
      daemon.destroy();
      daemon.waitFor();
    }
  }

  private void assertWorks() throws Exception {
    bpfman("program", "load", "file", object.toString(), "--programs", "xdp:xdp_counter");
    String id = bpfman("program", "list", "-q").strip();
    bpfman("link", "attach", "xdp", id, TestNetns.INTERFACE, "-p", "1");
    String links = bpfman("link", "list");
    assertTrue(links.contains(TestNetns.INTERFACE), links);
    assertEquals("", bpfman("program", "delete", id));
    assertEquals("", bpfman("link", "list", "-q"));
  }

  private String bpfman(String... words) throws Exception {
    return bpfman(0, words);
  }

  /** In the namespace; both streams together. */
  private String bpfman(int code, String... words) throws Exception {
    Process process = start(List.of("nsenter", "--net=" + netns.path()), words);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(code, process.waitFor(), output);
    return output;
  }

  /** With the launcher's flags and this JVM's class path. */
  private Process start(List<String> prefix, String... words) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(words));
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    process.environment().put("BPFMAN_RUNTIME_DIR", directory.resolve("run").toString());
    return process.start();
  }

  private static List<String> flags() {
    String script = ROOT.resolve("tools/cli/src/main/dist/libexec/launch.sh").toString();
    String flags = Commands.run("sh", "-c", ". " + script + "; echo $native");
    return List.of(
        (flags.strip() + " -XX:TieredStopAtLevel=1 -Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
            .split("\\s+"));
  }
}
