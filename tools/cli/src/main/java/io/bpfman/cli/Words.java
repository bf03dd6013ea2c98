package io.bpfman.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites arguments before they are parsed: verbs that may be left out, and what goes to the
 * daemon unparsed.
 */
final class Words {
  /** Started by the operator's DaemonSet without the word {@code serve}. */
  private static final String CSI_SUPPORT = "--csi-support";

  private static final Set<String> HELP = Set.of("-h", "--help");
  private static final Map<String, Set<String>> VERBS =
      Map.of(
          "program", Set.of("list", "get", "load", "replace", "unload", "delete"),
          "link", Set.of("list", "get", "attach", "detach", "delete"),
          "dispatcher", Set.of("list", "get", "delete"),
          "map", Set.of("list", "dump", "lookup", "update", "delete"));
  private static final Set<String> SOURCES = Set.of("file", "image");

  private Words() {}

  /**
   * Arguments of the daemon when {@code arguments} start it, or ask for its flags; flags before
   * {@code serve} are kept.
   */
  static Optional<List<String>> daemonArguments(List<String> arguments) {
    if (!arguments.isEmpty() && arguments.getFirst().equals(CSI_SUPPORT)) {
      return Optional.of(List.copyOf(arguments));
    }
    if (arguments.equals(List.of("help", "serve"))) {
      return Optional.of(List.of("--help"));
    }
    int word = firstWord(arguments, 0);
    if (word >= arguments.size() || !arguments.get(word).equals("serve")) {
      return Optional.empty();
    }
    List<String> rest = new ArrayList<>(arguments);
    rest.remove(word);
    return Optional.of(List.copyOf(rest));
  }

  /**
   * Puts in {@code list} after a bare {@code program}, {@code link}, {@code dispatcher} or {@code
   * map}, and {@code file} after {@code program load}; {@code help X} becomes {@code X --help}.
   */
  static List<String> withDefaultVerbs(List<String> arguments) {
    List<String> full = new ArrayList<>(arguments);
    int noun = firstWord(full, 0);
    if (noun < full.size() && full.get(noun).equals("help")) {
      full.remove(noun);
      full.add("--help");
      return full;
    }
    Set<String> verbs =
        noun < full.size() ? VERBS.getOrDefault(full.get(noun), Set.of()) : Set.of();
    if (verbs.isEmpty()) {
      return full;
    }
    int verb = noun + 1;
    if (verb == full.size() || (isFlag(full.get(verb)) && !HELP.contains(full.get(verb)))) {
      full.add(verb, "list");
    } else if (full.get(verb).equals("load") && wantsFile(full, verb + 1)) {
      full.add(verb + 1, "file");
    }
    return full;
  }

  /** Whether {@code -h} or {@code --help} is among them. */
  static boolean askForHelp(List<String> arguments) {
    return arguments.stream().anyMatch(HELP::contains);
  }

  /**
   * The arguments from the first one on that is neither a flag nor the value of a global flag;
   * empty when there is none.
   */
  static List<String> behindGlobalFlags(List<String> arguments) {
    return arguments.subList(Math.min(firstWord(arguments, 0), arguments.size()), arguments.size());
  }

  private static boolean wantsFile(List<String> arguments, int source) {
    return source < arguments.size()
        && !SOURCES.contains(arguments.get(source))
        && !HELP.contains(arguments.get(source));
  }

  private static int firstWord(List<String> arguments, int from) {
    int index = from;
    while (index < arguments.size() && isFlag(arguments.get(index))) {
      index += GlobalOptions.NAMES.contains(arguments.get(index)) ? 2 : 1;
    }
    return index;
  }

  private static boolean isFlag(String argument) {
    return argument.startsWith("-") && argument.length() > 1;
  }
}
