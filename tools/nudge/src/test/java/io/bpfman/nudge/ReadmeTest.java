package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  private static final Path PROJECT = NudgeHarness.project();
  private static final String README = NudgeHarness.read(PROJECT.resolve("tools/nudge/README.md"));

  @TempDir private Path root = Path.of("");

  /** As a person would: in a copy of the repository, one after the other. */
  @Test
  void everyCommandInTheReadmeDoesWhatItIsThereFor() throws Exception {
    for (String part : List.of(".tekton", "k8s", "nudge-files", "olm")) {
      NudgeHarness.copy(PROJECT.resolve(part), root.resolve(part));
    }
    NudgeHarness.write(
        root.resolve("config.yaml"),
        NudgeHarness.read(PROJECT.resolve("k8s/samples/cluster/config.yaml")));
    commit("first");
    NudgeHarness.write(root.resolve("shared/model/pom.xml"), "<project/>\n");
    commit("second");
    List<String> commands =
        README
            .lines()
            .filter(line -> line.startsWith("bpfman-nudge "))
            .map(line -> line.substring("bpfman-nudge ".length()))
            .toList();
    assertTrue(commands.size() >= 10, commands.toString());
    for (String command : commands) {
      assertEquals("0\n", status(program(command.split(" +"))), command);
    }
  }

  @Test
  void everyCommandIsInTheReadme() {
    String help = NudgeHarness.run("--help").out();
    List<String> words =
        help.lines()
            .filter(line -> line.matches("  [a-z-]+  .*"))
            .map(line -> line.strip().split(" ")[0])
            .toList();
    assertTrue(words.size() >= 8, help);
    for (String word : words) {
      assertTrue(README.contains("| `" + word), "README has no " + word);
    }
  }

  private static List<String> program(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.bpfman.nudge.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  private void commit(String message) throws Exception {
    assertEquals("0\n", status(List.of("git", "init", "-q", "-b", "main")));
    assertEquals("0\n", status(List.of("git", "add", "-A")));
    List<String> commit =
        List.of(
            "git",
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@localhost",
            "-c",
            "commit.gpgsign=false",
            "commit",
            "-q",
            "-m",
            message);
    assertEquals("0\n", status(commit));
  }

  /** Exit code, and what was printed when it is not 0. */
  private String status(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    return code + "\n" + (code == 0 ? "" : output);
  }
}
