package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageWordsTest {
  private final CliHarness cli = new CliHarness();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "link attach | bpfman link attach needs one of: xdp, tc, tcx, tracepoint, kprobe, kretprobe,"
            + " uprobe, uretprobe, fentry, fexit, lsm",
        "get | bpfman get needs one of: applications, programs, links",
        "program lst | \"lst\" is no command of bpfman program: list, get, load, replace, unload",
        "program get 1 2 | unexpected argument \"2\"",
        "program list --program-typ=xdp | unknown option --program-typ; known: --program-type,"
            + " --output, --all, --application, --attached, --quiet, --selector, --unattached,"
            + " --metadata-selector",
        "version --oputut json | unknown option --oputut; known: --output",
        "program get abc | ID: \"abc\" is not an id (1 to 4294967295)",
        "link attach xdp 1 eth0 -p -1 | --priority: \"-1\" is not a priority (0 to 2147483647;"
            + " smaller runs first)",
        "program get | Missing required parameter: 'ID'",
      })
  void aCommandLineIsRefusedInAUsersWords(String line, String words) {
    CliHarness.Result result = cli.run(line.strip().split(" ", -1));
    assertEquals(80, result.code(), result.err());
    assertEquals("bpfman: " + words.strip(), result.err().lines().findFirst().orElse(""));
    assertEquals("", result.out());
  }
}
