package io.bpfman.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules of CONTRIBUTING.md that are about source text, for the whole tree. */
class SourceRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("bpfman.root"));
  private static final int MAIN_LINES = 400;
  private static final int TEST_LINES = 600;

  /** Written in pieces, so that this file does not break its own rule. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|@Dis" + "abled|@Suppress" + "Warnings");

  @Test
  void noFileIsLongerThanItsLimit() throws IOException {
    assertEquals(List.of(), sources().filter(file -> lines(file).size() > limit(file)).toList());
  }

  @Test
  void nothingIsLeftUnfinishedOrSuppressed() throws IOException {
    assertEquals(
        List.of(),
        sources().filter(file -> lines(file).stream().anyMatch(UNFINISHED.asPredicate())).toList());
  }

  @Test
  void theWholeTreeIsLookedAt() throws IOException {
    assertTrue(sources().anyMatch(file -> file.endsWith("LoaderCore.java")));
    assertTrue(sources().anyMatch(file -> file.endsWith("SourceRulesTest.java")));
  }

  private static int limit(Path file) {
    return file.toString().contains("/src/test/") ? TEST_LINES : MAIN_LINES;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<Path> sources() throws IOException {
    Stream<Path> all = Stream.empty();
    for (String top : List.of("shared", "services", "tools")) {
      all = Stream.concat(all, Files.walk(ROOT.resolve(top)));
    }
    return all.filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.toString().contains("/target/"));
  }
}
