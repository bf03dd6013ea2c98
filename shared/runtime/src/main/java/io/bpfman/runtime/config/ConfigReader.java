package io.bpfman.runtime.config;

import io.bpfman.model.FailureCode;
import io.bpfman.model.NearNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads keys from flags ({@code --name value}, {@code --name=value}, or the bare flag for true) and
 * environment. Use it once with all keys of a service:
 *
 * <pre>{@code
 * List<ConfigKey<?>> keys = ConfigReader.join(ClusterConfig.KEYS, AgentConfig.KEYS);
 * var config = reader.read(keys, values -> new AgentSetup(ClusterConfig.from(values), AgentConfig.from(values)));
 * }</pre>
 */
public final class ConfigReader {
  private final Map<String, String> environment;
  private final List<String> arguments;

  public ConfigReader(Map<String, String> environment, List<String> arguments) {
    this.environment = Map.copyOf(environment);
    this.arguments = List.copyOf(arguments);
  }

  @SafeVarargs
  public static List<ConfigKey<?>> join(List<ConfigKey<?>>... groups) {
    return List.of(groups).stream().<ConfigKey<?>>flatMap(Collection::stream).toList();
  }

  /** Whether {@code --help} or {@code -h} is among the arguments. */
  public boolean wantsHelp() {
    return arguments.contains("--help") || arguments.contains("-h");
  }

  /**
   * Reads every key, then makes the configuration.
   *
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID that lists every problem: unknown
   *     flags, missing, malformed and out-of-range values
   */
  public <C> C read(List<ConfigKey<?>> keys, Function<ConfigValues, C> make) {
    List<String> problems = new ArrayList<>();
    Map<String, String> flags = new CommandLine(keys, problems).parse(arguments);
    Map<String, String> texts = new HashMap<>();
    for (ConfigKey<?> key : keys) {
      text(key, flags, problems).ifPresent(text -> texts.put(key.name(), text));
    }
    if (!problems.isEmpty()) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          String.join("; ", problems), "see --help for every setting");
    }
    return make.apply(new ConfigValues(texts));
  }

  /** The text for {@code --help}. */
  public static String help(String program, List<ConfigKey<?>> keys) {
    StringBuilder text = new StringBuilder("Usage: %s [flags]%n%n".formatted(program));
    for (ConfigKey<?> key : keys) {
      text.append(
          "  %s  (%s; default %s; environment %s)%n      %s%n"
              .formatted(
                  key.flagName(),
                  key.type(),
                  key.defaultText(),
                  String.join(", ", key.environmentNames()),
                  key.sentence()));
    }
    return text.toString();
  }

  /** The keys as a Markdown table, for the README. */
  public static String table(List<ConfigKey<?>> keys) {
    StringBuilder text =
        new StringBuilder(
            """
            | flag | environment | value | default | meaning |
            |---|---|---|---|---|
            """);
    for (ConfigKey<?> key : keys) {
      text.append(
          "| `%s` | `%s` | %s | %s | %s |\n"
              .formatted(
                  key.flagName(),
                  String.join("`, `", key.environmentNames()),
                  key.type(),
                  key.defaultText(),
                  key.sentence()));
    }
    return text.toString();
  }

  private Optional<String> text(
      ConfigKey<?> key, Map<String, String> flags, List<String> problems) {
    String flag = flags.get(key.name());
    Optional<String> variable =
        key.environmentNames().stream()
            .filter(name -> !environment.getOrDefault(name, "").isEmpty())
            .findFirst();
    if (flag == null && variable.isEmpty()) {
      if (key.defaultValue().isEmpty() && !key.isOptional()) {
        problems.add(
            "%s is not set: give %s or set %s"
                .formatted(
                    key.name(), key.flagName(), String.join(" or ", key.environmentNames())));
      }
      return Optional.empty();
    }
    return flag == null
        ? checked(key, environment.getOrDefault(variable.get(), ""), variable.get(), problems)
        : checked(key, flag, key.flagName(), problems);
  }

  private static Optional<String> checked(
      ConfigKey<?> key, String text, String source, List<String> problems) {
    if (text.isEmpty()) {
      problems.add("%s is empty".formatted(source));
      return Optional.empty();
    }
    try {
      key.parse(text);
      return Optional.of(text);
    } catch (IllegalArgumentException e) {
      // Reported together with all other problems.
      problems.add("%s \"%s\" %s (%s)".formatted(source, text, e.getMessage(), key.type()));
      return Optional.empty();
    }
  }

  /** Flags by key name. */
  private record CommandLine(List<ConfigKey<?>> keys, List<String> problems) {
    Map<String, String> parse(List<String> arguments) {
      Map<String, String> flags = new HashMap<>();
      for (int i = 0; i < arguments.size(); i++) {
        String[] parts = arguments.get(i).split("=", 2);
        Optional<ConfigKey<?>> key = find(parts[0]);
        if (key.isEmpty()) {
          problems.add(unknown(parts[0]));
        } else if (parts.length == 2) {
          put(flags, key.get(), parts[1]);
        } else if (key.get().isFlag()) {
          put(flags, key.get(), "true");
        } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
          put(flags, key.get(), arguments.get(++i));
        } else {
          problems.add("flag %s has no value".formatted(parts[0]));
        }
      }
      return flags;
    }

    private void put(Map<String, String> flags, ConfigKey<?> key, String value) {
      if (flags.put(key.name(), value) != null) {
        problems.add("flag %s is given twice".formatted(key.flagName()));
      }
    }

    private Optional<ConfigKey<?>> find(String flag) {
      return keys.stream()
          .filter(key -> key.flagName().equals(flag))
          .<ConfigKey<?>>map(key -> key)
          .findFirst();
    }

    private String unknown(String flag) {
      if (!flag.startsWith("--")) {
        return "argument \"%s\" is not expected".formatted(flag);
      }
      List<String> near = NearNames.of(flag, keys.stream().map(ConfigKey::flagName).toList(), 3);
      return "flag %s is unknown; nearest: %s".formatted(flag, NearNames.list(near));
    }
  }
}
