package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources the script in a real bash and asks it what it would offer. */
class CompletionTest {
  @TempDir Path directory;
  private final CliHarness cli = new CliHarness();

  @BeforeEach
  void writeScript() throws IOException {
    CliHarness.Result result = cli.run("completion", "bash");
    assertEquals(0, result.code(), result.err());
    Files.writeString(directory.resolve("bpfman.bash"), result.out());
  }

  /** Words that bash offers for the last of {@code words}. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    String question =
        """
        compopt() { :; } # works only while a person presses Tab
        source "$0"
        COMP_WORDS=(bpfman "$@")
        COMP_CWORD=$#
        _complete_bpfman
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    List<String> command =
        new ArrayList<>(
            List.of("bash", "--norc", "-c", question, directory.resolve("bpfman.bash").toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().map(String::strip).toList();
  }

  @Test
  void commandsAndVerbsAreOffered() throws Exception {
    assertEquals(List.of("probe", "program"), sorted(offered("pro")));
    assertTrue(offered("link", "").containsAll(List.of("list", "get", "attach", "detach")));
    assertTrue(offered("link", "attach", "t").containsAll(List.of("tc", "tcx", "tracepoint")));
  }

  @Test
  void flagsAndTheirWordsAreOffered() throws Exception {
    assertTrue(offered("doctor", "--r").contains("--repair"));
    assertEquals(List.of("json", "text"), sorted(offered("program", "list", "-o", "")));
    assertTrue(offered("link", "list", "--kind", "x").contains("xdp"));
  }

  @Test
  void hiddenWordsAreNotOffered() throws Exception {
    assertTrue(!offered("").contains("dispatcher"), offered("").toString());
    assertTrue(!offered("program", "").contains("delete"));
  }

  @Test
  void zshGetsTheSameAndOtherShellsAreRefusedByName() {
    assertTrue(cli.run("completion", "zsh").out().contains("bashcompinit"));
    CliHarness.Result fish = cli.run("completion", "fish");
    assertEquals(80, fish.code());
    assertTrue(fish.err().contains("there is for bash and zsh"), fish.err());
  }

  private static List<String> sorted(List<String> words) {
    return words.stream().sorted().toList();
  }
}
