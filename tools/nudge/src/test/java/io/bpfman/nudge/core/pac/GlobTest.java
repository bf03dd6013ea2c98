package io.bpfman.nudge.core.pac;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.md docs/deep/README.md true",
        "dir/* dir/a/b true",
        "dir/** dir/a/b true",
        "dir/*** dir/a true",
        "dir/*** dir false",
        "dir/*** other/dir/a false",
        "nudge-files/bpfman.txt nudge-files/bpfman-agent.txt false",
        "nudge-files/bpfman.txt nudge-files/bpfmanXtxt false",
        "a?c a/c true",
        "{x,y}/[a-c] y/b true",
        "{x,y}/[!a-c] y/b false",
        "a\\*b a*b true",
        "a\\*b axb false",
      })
  void starsCrossSlashesAndTheWholePathMustMatch(String glob, String path, boolean matches) {
    assertEquals(matches, Glob.of(glob).matches(path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {"dir/*** dir/xxx", "s/{m,p/{q,r}}/*.c s/m/x.c", "{{a,b},c}d[e-g]? adex", "a,b a,b"})
  void anExampleMatches(String glob, String example) {
    assertEquals(example, Glob.of(glob).example());
    assertEquals(true, Glob.of(glob).matches(example));
  }

  @Test
  void whatMakesPipelinesAsCodePanicIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Glob.of("[a"));
    assertThrows(IllegalArgumentException.class, () -> Glob.of("{a"));
    assertThrows(IllegalArgumentException.class, () -> Glob.of("[z-a]"));
  }

  @Property(tries = 500)
  void anyGlobIsCompiledOrRefused(@ForAll String glob) {
    try {
      Glob.of(glob).matches("a/b");
    } catch (IllegalArgumentException refused) {
      assertEquals(IllegalArgumentException.class, refused.getClass());
    }
  }
}
