package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {
  private static final int WIDTH = 100;
  private static final Pattern LABEL = Pattern.compile("[A-Z][A-Z0-9_|/:=\\[\\]]*|FILE\\|DIR\\|-");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

  private final CliHarness cli = new CliHarness();

  static Stream<String> commands() {
    return all(tree()).map(command -> command.getCommandSpec().qualifiedName()).distinct();
  }

  static Stream<String> examples() {
    return commands().flatMap(command -> Examples.of(withoutRoot(command)).stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleIsUnderstood(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    List<String> full = Words.withDefaultVerbs(words);
    assertDoesNotThrow(() -> tree().parseArgs(full.toArray(String[]::new)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatTakesArgumentsHasAnExampleOfItself(String command) {
    CommandLine line = find(command);
    String name = withoutRoot(command);
    boolean takes = !line.getCommandSpec().positionalParameters().isEmpty();
    if (takes && !line.getCommandSpec().usageMessage().hidden() && isVisible(name)) {
      assertFalse(Examples.of(name).isEmpty(), name);
    }
    Examples.of(name).forEach(example -> assertTrue(example.startsWith(name), example));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyArgumentIsDescribedAndNamedInCapitals(String command) {
    for (ArgSpec argument : find(command).getCommandSpec().args()) {
      assertTrue(argument.description().length > 0, command + " " + argument);
      if (argument.arity().max() > 0) {
        assertTrue(LABEL.matcher(argument.paramLabel()).matches(), command + " " + argument);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsAScreenAndBeginsWithOneLineOfUsage(String command) {
    String help = find(command).getUsageMessage();
    List<String> lines = help.lines().toList();
    assertTrue(lines.getFirst().startsWith("Usage: " + command + " [OPTIONS]"), help);
    lines.stream()
        .skip(1)
        .filter(line -> !line.startsWith("  bpfman "))
        .forEach(line -> assertTrue(line.length() <= WIDTH, line));
  }

  @Test
  void ownOptionsComeBeforeThoseOfEveryCommandAndExamplesLast() {
    String help = cli.run("link", "attach", "xdp", "--help").out();
    assertTrue(
        help.startsWith("Usage: bpfman link attach xdp [OPTIONS] --priority PRIORITY ID IFACE\n"),
        help);
    int own = help.indexOf("--proceed-on");
    int common = help.indexOf("Options of every command:");
    int inherited = help.lastIndexOf("--socket-path");
    int example = help.indexOf("Examples:\n  bpfman link attach xdp 42 eth0 --priority 50\n");
    assertTrue(0 < own && own < common && common < inherited && inherited < example, help);
  }

  @Test
  void aCommandAtASecondPlaceIsNamedByTheWordsThatLeadThere() {
    String help = cli.run("get", "program", "--help").out();
    assertTrue(help.startsWith("Usage: bpfman get program [OPTIONS] ID\n"), help);
  }

  @Test
  void withoutAnyWordTheHelpIsPrintedAsAUsageError() {
    CliHarness.Result result = cli.run();
    assertEquals(80, result.code());
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("Usage: bpfman [OPTIONS] COMMAND\n"), result.err());
    assertTrue(result.err().contains("\n  program "), result.err());
  }

  @Test
  void theVersionIsAFlagToo() {
    CliHarness.Result flag = cli.run("--version");
    assertEquals(0, flag.code(), flag.err());
    assertEquals(cli.run("version").out(), flag.out());
  }

  private static boolean isVisible(String name) {
    return !List.of("get program", "get link", "dispatcher delete").contains(name);
  }

  private static String withoutRoot(String command) {
    return command.substring("bpfman".length()).strip();
  }

  private static CommandLine find(String command) {
    return all(tree())
        .filter(line -> line.getCommandSpec().qualifiedName().equals(command))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(HelpTest::all));
  }

  private static CommandLine tree() {
    LoaderOpener nobody =
        _ -> {
          throw new AssertionError("parsing connects to nobody");
        };
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return new Commands(nobody, Map.of(), nowhere, nowhere).whole();
  }
}
