package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script with a JDK that prints what it was called with. */
class LaunchScriptTest {
  @TempDir private Path home = Path.of("");

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private List<String> run(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(home.resolve("bin/bpfman-nudge").toString());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = builder.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  void argumentsArriveAndTheCacheIsUsedWhenThereIsOne() throws IOException {
    Path project = NudgeHarness.project();
    NudgeHarness.copy(project.resolve("tools/nudge/src/main/dist"), home);
    NudgeHarness.write(
        home.resolve("libexec/launch.sh"),
        NudgeHarness.read(project.resolve("tools/cli/src/main/dist/libexec/launch.sh")));
    executable(home.resolve("bin/bpfman-nudge"));
    NudgeHarness.write(home.resolve("lib/bpfman-nudge-0.1.0.jar"), "");
    NudgeHarness.write(home.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
    executable(
        NudgeHarness.write(
            home.resolve("jdk/bin/java"), "#!/bin/sh\nfor word; do echo \"$word\"; done\n"));
    List<String> words = run("explain", "a b", "*");
    int main = words.indexOf("io.bpfman.nudge.Main");
    assertEquals(List.of("explain", "a b", "*"), words.subList(main + 1, words.size()));
    Path cache = NudgeHarness.write(home.resolve("lib/bpfman-nudge.aot"), "");
    assertTrue(run("graph").contains("-XX:AOTCache=" + cache));
  }
}
