package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.graph.MemoryTree;
import io.bpfman.nudge.core.nudge.Components;
import io.bpfman.nudge.core.pac.Event;
import io.bpfman.nudge.core.pac.PipelineRun;
import io.bpfman.nudge.core.pac.Trigger;
import io.bpfman.nudge.core.simulate.Scenario;
import io.bpfman.nudge.core.snapshot.Snapshot;
import io.bpfman.nudge.core.yaml.YamlFile;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever a file holds, it is read or refused with a sentence; nothing else is thrown. */
class ParserFuzzTest {
  private static final String ALPHABET = "{}[],:#&*!|>'\"%@`\\-? \n\tab0.~=()<+/\r\u0085\u2028";

  @Provide
  Arbitrary<String> signs() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars(ALPHABET.toCharArray()).ofMaxLength(60),
        Arbitraries.strings().ofMaxLength(40));
  }

  private static void readOrRefused(Runnable reader) {
    try {
      reader.run();
    } catch (UnusableInputException refused) {
      assertTrue(refused.getMessage().length() > 1);
    }
  }

  @Property(tries = 2000)
  void anyTextAsYaml(@ForAll("signs") String text) {
    readOrRefused(
        () -> {
          YamlFile file = YamlFile.parse("f", text);
          file.documents().forEach(document -> document.plain());
          Components.read(file);
        });
    readOrRefused(() -> Scenario.parse(YamlFile.parse("f", text)));
  }

  @Property(tries = 500)
  void anyTextAsSnapshot(@ForAll("signs") String text) {
    readOrRefused(() -> Snapshot.parse("f", text));
  }

  @Property(tries = 500)
  void anyTextAsExpression(@ForAll("signs") String text) {
    readOrRefused(() -> evaluate(text));
  }

  /** Pieces that make expressions which parse more often than signs do. */
  @Property(tries = 300)
  void anyWordsAsExpression(@ForAll long seed) {
    Random random = new Random(seed);
    List<String> words =
        List.of(
            "event",
            " == ",
            "\"push\"",
            " && ",
            " || ",
            "!",
            "(",
            ")",
            "\"a/***\".pathChanged()",
            "\"[\".pathChanged()",
            "files.all",
            ".exists(x, x.matches(\"a\"))",
            "headers[\"a\"]",
            "body.x",
            " ? ",
            " : ",
            "1",
            "/0",
            "true",
            "target_branch",
            " in ",
            "[\"main\"]");
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      text.append(words.get(random.nextInt(words.size())));
    }
    readOrRefused(() -> evaluate(text.toString()));
  }

  private static boolean evaluate(String text) {
    String quoted = "\"" + text.replaceAll("[^ -~]", "?").replaceAll("([\"\\\\])", "\\\\$1") + "\"";
    YamlFile file =
        YamlFile.parse(
            "f",
            "kind: PipelineRun\nmetadata:\n  annotations:\n"
                + "    pipelinesascode.tekton.dev/on-cel-expression: "
                + quoted);
    return Trigger.of(new PipelineRun(file.documents().getFirst()))
        .fires(Event.push("main", Set.of("a/b")));
  }

  @Test
  void deepAndLongInputIsRefusedWithoutOverflowingTheStack() {
    assertThrows(UnusableInputException.class, () -> YamlFile.parse("f", "[".repeat(100_000)));
    assertThrows(
        UnusableInputException.class, () -> YamlFile.parse("f", "- ".repeat(100_000) + "a"));
    assertThrows(UnusableInputException.class, () -> evaluate("(".repeat(8_000)));
    assertTrue(evaluate("!".repeat(8_000) + "true"));
    assertThrows(UnusableInputException.class, () -> evaluate("true || ".repeat(3_000)));
    assertThrows(UnusableInputException.class, () -> Snapshot.parse("f", "[".repeat(100_000)));
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 12; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    UnusableInputException refused =
        assertThrows(UnusableInputException.class, () -> YamlFile.parse("f", laughs.toString()));
    assertTrue(refused.getMessage().contains("more than 20 aliases"), refused.getMessage());
    UnusableInputException itself =
        assertThrows(UnusableInputException.class, () -> YamlFile.parse("f", "a: &a [*a]\n"));
    assertTrue(itself.getMessage().contains("contains itself"), itself.getMessage());
  }

  @Test
  void patternsThatAreNoExpressionsAreNamedWithTheirPlace() {
    MemoryTree tree =
        new MemoryTree()
            .component("a", "n/(", "event == \"push\"", "b")
            .component("b", null, "\"n/a.txt\".pathChanged()");
    UnusableInputException refused = assertThrows(UnusableInputException.class, tree::graph);
    assertTrue(refused.getMessage().startsWith(".tekton/a-push.yaml:1: the nudge file"));
  }
}
