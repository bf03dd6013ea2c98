package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  private final CliHarness cli = new CliHarness();

  @Test
  void anUnknownCommandIsAUsageErrorWithTheNearest() {
    CliHarness.Result result = cli.run("progam", "list");
    assertEquals(80, result.code());
    assertTrue(result.err().contains("program"), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aMissingFlagIsNamed() {
    CliHarness.Result result = cli.run("program", "load", "x.o");
    assertEquals(80, result.code());
    assertTrue(result.err().contains("--programs"), result.err());
  }

  @Test
  void badValuesAreUsageErrors() {
    assertEquals(80, cli.run("program", "get", "0").code());
    assertEquals(80, cli.run("program", "get", "4294967296").code());
    assertEquals(80, cli.run("program", "list", "--type", "xpd").code());
    assertEquals(80, cli.run("program", "list", "--attached", "--unattached").code());
    assertEquals(80, cli.run("program", "list", "-o", "yaml").code());
    assertEquals(80, cli.run("link", "attach", "tc", "1", "eth0", "up", "-p", "1").code());
    assertEquals(80, cli.run("link", "attach", "tracepoint", "1", "sched").code());
    assertEquals(
        80, cli.run("link", "attach", "xdp", "1", "eth0", "-p", "1", "--proceed-on", "x").code());
    assertEquals(80, cli.run("program", "load", "x.o", "--programs", "fentry:a").code());
    assertEquals(80, cli.run("program", "load", "x.o", "--programs", "xdp:a:b").code());
    assertEquals(
        80, cli.run("program", "load", "x.o", "--programs", "xdp:a", "-g", "v=0x1").code());
    assertEquals(80, cli.run("delete").code());
  }

  @Test
  void numbersOutOfRangeAreRefusedWithTheRange() {
    String[] uprobe = {"link", "attach", "uprobe", "1", "libc", "-f", "malloc"};
    assertRefused("0 to 9223372036854775807", uprobe, "--offset", "-1");
    assertRefused("1 to 2147483647", uprobe, "--pid", "-3");
    assertRefused("1 to 2147483647", uprobe, "--pid", "0");
    assertRefused("1 to 2147483647", uprobe, "--container-pid", "x");
    String[] kprobe = {"link", "attach", "kprobe", "1", "do_exit"};
    assertRefused("0 to 9223372036854775807", kprobe, "--offset", "-1");
  }

  private void assertRefused(String range, String[] words, String flag, String value) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(flag, value));
    CliHarness.Result result = cli.run(all.toArray(String[]::new));
    assertEquals(80, result.code(), result.out());
    assertTrue(result.err().contains(range), result.err());
  }

  @Test
  void helpOfEveryCommandPrintsUsage() {
    for (String line :
        new String[] {
          "--help",
          "help",
          "program --help",
          "program load --help",
          "program replace --help",
          "program load file --help",
          "help link attach uprobe",
          "link attach lsm --help",
          "get links --help",
          "map dump --help",
          "apply --help"
        }) {
      CliHarness.Result result = cli.run(line.split(" ", -1));
      assertEquals(0, result.code(), line + result.err());
      assertTrue(result.out().startsWith("Usage: bpfman"), result.out());
    }
  }

  @Test
  void aFailureIsOneSentenceAndAHint() {
    cli.loader()
        .failWith(
            _ -> FailureCode.UNAVAILABLE.because("nobody listens on /x", "start `bpfman serve`"));
    CliHarness.Result result = cli.run("program", "list");
    assertEquals(1, result.code());
    assertEquals("bpfman: nobody listens on /x\nhint: start `bpfman serve`\n", result.err());
    assertEquals("", result.out());
  }

  @Test
  void theWholeVerifierLogIsPrintedBeforeTheSummary() {
    Failure failure =
        new Failure(FailureCode.VERIFIER_REJECTED, "refused", "", "0: r0 = 0\n1: bad\n");
    cli.loader().failWith(_ -> new BpfmanException(failure));
    CliHarness.Result result = cli.run("program", "load", "x.o", "--programs", "xdp:a");
    assertEquals(1, result.code());
    assertEquals("0: r0 = 0\n1: bad\n\nbpfman: refused\n", result.err());
  }

  @Test
  void theEnvironmentGivesDefaultsAndFlagsWin(@TempDir Path directory) {
    Map<String, String> environment = Map.of("BPFMAN_MANIFESTS", directory.toString());
    CliHarness.Result fromEnvironment = cli.run(environment, "get", "applications", "nosuch");
    assertTrue(fromEnvironment.err().contains(directory.toString()), fromEnvironment.err());
    CliHarness.Result fromFlag =
        cli.run(environment, "get", "applications", "nosuch", "--manifests", "/other");
    assertTrue(fromFlag.err().contains("/other"), fromFlag.err());
  }

  @Test
  void globalFlagsMayStandBeforeTheCommand() {
    assertEquals(0, cli.run("--socket-path", "/x", "--log", "debug", "program", "list").code());
  }
}
