package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the scripts of bin/ with a JDK that prints what it was called with. */
class LaunchScriptTest {
  private static final Path DIST =
      Path.of(System.getProperty("bpfman.root", "../..")).resolve("tools/cli/src/main/dist");

  @TempDir private Path home = Path.of("");

  @BeforeEach
  void distribution() throws IOException {
    try (Stream<Path> files = Files.walk(DIST)) {
      for (Path file : files.toList()) {
        Path copy = home.resolve(DIST.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
          executable(copy);
        }
      }
    }
    Files.createDirectories(home.resolve("lib"));
    for (String jar :
        List.of("aaa-1.jar", "bpfman-cli-0.1.0.jar", "hazelcast-5.jar", "kubernetes-x-8.jar")) {
      Files.createFile(home.resolve("lib").resolve(jar));
    }
    Path java = home.resolve("jdk/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho \"pid $$\"\nfor word; do echo \"$word\"; done\n");
    executable(java);
    release("25.0.3");
  }

  private void release(String version) throws IOException {
    Files.writeString(
        home.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> run(Map<String, String> environment, String script, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin").resolve(script).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = new ArrayList<>(output.lines().toList());
    assertEquals("pid " + process.pid(), lines.getFirst(), "the script must exec: " + output);
    return lines;
  }

  private String classPath(List<String> words) {
    return words.get(words.indexOf("-cp") + 1).replace(home + "/lib/", "");
  }

  @Test
  void argumentsArriveAsTheyWereGiven() throws IOException {
    List<String> words = run(Map.of(), "bpfman", "program", "get", "a b", "*");
    int main = words.indexOf("io.bpfman.cli.Main");
    assertEquals(List.of("program", "get", "a b", "*"), words.subList(main + 1, words.size()));
  }

  @Test
  void clientsSkipWhatTheyNeverNeedAndOwnJarsComeFirst() throws IOException {
    assertEquals(
        "bpfman-cli-0.1.0.jar:aaa-1.jar", classPath(run(Map.of(), "bpfman", "program", "list")));
    assertEquals(
        "bpfman-cli-0.1.0.jar:aaa-1.jar:kubernetes-x-8.jar",
        classPath(run(Map.of(), "bpfman", "--manifests", "/m", "apply", "-f", "x")));
    assertEquals(
        "bpfman-cli-0.1.0.jar:aaa-1.jar:hazelcast-5.jar:kubernetes-x-8.jar",
        classPath(run(Map.of(), "bpfman-operator")));
  }

  @Test
  void theDaemonHasItsOwnFlags() throws IOException {
    List<String> daemon = run(Map.of(), "bpfman", "serve", "--csi-support");
    assertTrue(daemon.contains("-Xss512k"), daemon.toString());
    assertTrue(run(Map.of(), "bpfman", "--csi-support").contains("-Xss512k"));
    assertFalse(run(Map.of(), "bpfman", "program", "list").contains("-Xss512k"));
  }

  @Test
  void everyProcessThatRanOutOfMemoryEnds() throws IOException {
    Files.copy(
        DIST.resolve("../../../../nudge/src/main/dist/bin/bpfman-nudge"),
        home.resolve("bin/bpfman-nudge"));
    executable(home.resolve("bin/bpfman-nudge"));
    for (String script : names(home.resolve("bin"))) {
      List<String> words = run(Map.of(), script);
      assertTrue(words.contains("-XX:+ExitOnOutOfMemoryError"), script + ": " + words);
    }
    assertTrue(
        run(Map.of(), "bpfman", "serve").contains("-XX:+ExitOnOutOfMemoryError"), "the daemon");
  }

  @Test
  void imagesStartTheirProgramsThroughTheScripts() throws IOException {
    Path images = DIST.resolve("../../../../../k8s/images");
    for (String image : List.of("bpfman", "bpfman-agent", "bpfman-operator")) {
      List<String> lines = Files.readAllLines(images.resolve(image).resolve("Containerfile"));
      assertTrue(lines.contains("ENTRYPOINT [\"/opt/bpfman/bin/" + image + "\"]"), image);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anAotCacheThatIsOlderThanAJarIsLeftAside() throws IOException {
    Path cache = Files.createFile(home.resolve("lib/bpfman-agent.aot"));
    Files.setLastModifiedTime(cache, FileTime.fromMillis(0));
    assertFalse(run(Map.of(), "bpfman-agent").stream().anyMatch(word -> word.contains("AOTCache")));
  }

  @Test
  void anAotCacheIsUsedWhenThereIsOneAndFlagsCanBeAdded() throws IOException {
    Path cache = Files.createFile(home.resolve("lib/bpfman-agent.aot"));
    List<String> words = run(Map.of("BPFMAN_JAVA_OPTS", "-Da=1 -Db=2"), "bpfman-agent");
    assertTrue(words.contains("-XX:AOTCache=" + cache), words.toString());
    assertTrue(words.containsAll(List.of("-Da=1", "-Db=2")), words.toString());
    assertFalse(run(Map.of(), "bpfman-operator").stream().anyMatch(word -> word.contains("AOT")));
  }
}
