package io.bpfman.testkit.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code make kube-up} and {@code make kube-down} do, and what the tests start. */
@Tag("kube")
class ControlPlaneIT {
  private static final String SCRIPT =
      Path.of(System.getProperty("bpfman.root"), "tools/kube/control-plane.sh").toString();

  /** Name of each program to its process id. */
  private static SortedMap<String, Long> processes(Path directory) throws IOException {
    SortedMap<String, Long> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve("pid"))) {
      for (Path file : files.toList()) {
        long pid = Long.parseLong(Files.readString(file).split(" ")[0]);
        found.put(file.getFileName().toString(), pid);
      }
    }
    return found;
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  @Test
  void nothingIsLeftWhenTheCallerIsGone() throws IOException {
    ControlPlane running = ControlPlane.start();
    SortedMap<String, Long> processes = processes(running.directory());
    assertEquals(
        List.of("etcd", "kube-apiserver", "kube-controller-manager"),
        List.copyOf(processes.keySet()));
    assertTrue(processes.values().stream().allMatch(ControlPlaneIT::isAlive));
    running.close();
    assertTrue(processes.values().stream().noneMatch(ControlPlaneIT::isAlive));
    assertFalse(Files.exists(running.directory()));
  }

  @Test
  void startingAndStoppingTwiceIsAsGoodAsOnce(@TempDir Path parent) throws IOException {
    String directory = parent.resolve("up").toString();
    try {
      Commands.run(SCRIPT, "start", directory);
      SortedMap<String, Long> first = processes(Path.of(directory));
      assertTrue(Commands.run(SCRIPT, "start", directory).contains("already running"));
      assertEquals(first, processes(Path.of(directory)));
      String kubectl = directory + "/kubectl";
      String config = directory + "/kubeconfig";
      assertTrue(
          Commands.run(kubectl, "--kubeconfig", config, "get", "--raw", "/api/v1/namespaces")
              .contains("kube-system"));
    } finally {
      Commands.run(SCRIPT, "stop", directory);
    }
    assertFalse(Files.exists(Path.of(directory)));
    assertTrue(Commands.run(SCRIPT, "stop", directory).contains("not running"));
  }

  @Test
  void aServerThatDiedIsReplacedByANewControlPlane(@TempDir Path parent) throws IOException {
    String directory = parent.resolve("up").toString();
    try {
      Commands.run(SCRIPT, "start", directory);
      SortedMap<String, Long> first = processes(Path.of(directory));
      ProcessHandle server = ProcessHandle.of(first.get("kube-apiserver")).orElseThrow();
      server.destroyForcibly();
      server.onExit().join();
      Commands.run(SCRIPT, "start", directory);
      assertFalse(isAlive(first.get("etcd")));
      assertTrue(processes(Path.of(directory)).values().stream().allMatch(ControlPlaneIT::isAlive));
    } finally {
      Commands.run(SCRIPT, "stop", directory);
    }
  }

  @Test
  void aDirectoryWithFilesOfSomebodyElseIsLeftAlone(@TempDir Path foreign) throws IOException {
    Path file = Files.writeString(foreign.resolve("thesis.txt"), "words");
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> Commands.run(SCRIPT, "start", foreign.toString()));
    assertTrue(refused.getMessage().contains("left alone"), refused.getMessage());
    Commands.run(SCRIPT, "stop", foreign.toString());
    assertEquals("words", Files.readString(file));
  }
}
