package io.bpfman.nudge.core.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.core.Place;
import io.bpfman.nudge.core.UnusableInputException;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NudgeFileTest {
  private static final String GOOD = "quay.io/bpfman/bpfman@sha256:" + "1".repeat(64);

  @Test
  void oneReferenceAndALineFeedIsANudgeFile() {
    NudgeFile file = NudgeFile.parse("nudge-files/bpfman.txt", GOOD + "\n");
    assertEquals("bpfman", file.component());
    assertEquals("quay.io/bpfman/bpfman", file.image().repository());
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of("", "f.txt: is empty"),
        Arguments.of("\n", "f.txt: is empty"),
        Arguments.of(GOOD, "f.txt:1: does not end with a line feed"),
        Arguments.of(GOOD + "\r\n", "f.txt:1: ends lines with CR LF"),
        Arguments.of(GOOD + "\n" + GOOD + "\n", "f.txt:2: has 2 lines"),
        Arguments.of(GOOD + "\n\n", "f.txt:2: has 2 lines"),
        Arguments.of(" " + GOOD + "\n", "f.txt:1: \" quay"),
        Arguments.of("quay.io/bpfman/bpfman:latest\n", "is not pinned by a digest"),
        Arguments.of(GOOD.substring(0, 50) + "\n", "digits instead of 64"),
        Arguments.of(GOOD.replace("quay.io/bp", "quay.io/BP") + "\n", "upper case letters"),
        Arguments.of(GOOD.replace('1', 'A') + "\n", "other characters than 0-9 and a-f"),
        Arguments.of("bpfman@sha256:" + "1".repeat(64) + "\n", "names no registry"),
        Arguments.of("quay.io/" + "a".repeat(600) + "\n", "at most 512 are allowed"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void whatIsWrongIsSaid(String text, String sentence) {
    UnusableInputException refused =
        assertThrows(UnusableInputException.class, () -> NudgeFile.parse("f.txt", text));
    assertTrue(refused.getMessage().contains(sentence), refused.getMessage());
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      NudgeFile.parse("f.txt", text);
    } catch (UnusableInputException refused) {
      assertTrue(refused.getMessage().startsWith("f.txt"), refused.getMessage());
    }
  }

  @Test
  void theRepositoryMustBeTheComponents() {
    NudgeFile file = NudgeFile.parse("bpfman.txt", GOOD + "\n");
    Component own =
        new Component("bpfman", Place.of("c"), List.of("quay.io/bpfman/bpfman"), List.of());
    Component other = new Component("bpfman", Place.of("c"), List.of("quay.io/x/y"), List.of());
    assertEquals(List.of(), NudgeFileRules.all(file, List.of(own)));
    assertEquals(
        "nudge-file-repository", NudgeFileRules.all(file, List.of(other)).getFirst().rule().id());
    NudgeFile stranger = NudgeFile.parse("other.txt", GOOD + "\n");
    assertEquals(
        "nudge-file-component", NudgeFileRules.all(stranger, List.of(own)).getFirst().rule().id());
  }
}
