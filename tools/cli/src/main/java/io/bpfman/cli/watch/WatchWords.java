package io.bpfman.cli.watch;

import io.bpfman.contract.wire.WatchTexts;
import io.bpfman.proto.x.v1.WatchKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** Words for kinds of events. */
final class WatchWords {
  private static final Set<WatchKind> ALWAYS =
      EnumSet.of(
          WatchKind.UNRECOGNIZED,
          WatchKind.WATCH_KIND_UNSPECIFIED,
          WatchKind.WATCH_KIND_WATCHING,
          WatchKind.WATCH_KIND_OVERFLOW);

  private WatchWords() {}

  /** A word is a kind, or the first part of several. TypeConversionException for any other. */
  static Set<WatchKind> kinds(List<String> words) {
    Set<WatchKind> kinds = EnumSet.noneOf(WatchKind.class);
    for (String word : words) {
      Set<WatchKind> named =
          EnumSet.complementOf(EnumSet.copyOf(ALWAYS)).stream()
              .filter(kind -> matches(WatchTexts.word(kind), word.strip()))
              .collect(Collectors.toSet());
      if (named.isEmpty()) {
        throw new TypeConversionException(
            "--kinds: \"%s\" is no kind of event; there are %s".formatted(word, all()));
      }
      kinds.addAll(named);
    }
    return kinds;
  }

  private static boolean matches(String kind, String word) {
    return kind.equals(word) || kind.startsWith(word + "-");
  }

  private static String all() {
    return Arrays.stream(WatchKind.values())
        .filter(kind -> !ALWAYS.contains(kind))
        .map(WatchTexts::word)
        .collect(Collectors.joining(", "));
  }
}
