package io.bpfman.runtime.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One setting. {@code node.name} is the flag {@code --node-name} and the environment variable
 * {@code BPFMAN_NODE_NAME}; a flag wins over the environment, that over the default. A key without
 * default must be set unless it is {@link #optional}.
 */
public final class ConfigKey<T> {
  private final String name;
  private final List<String> environment;
  private final String type;
  private final String sentence;
  private final Parser<T> parser;
  private final @Nullable T defaultValue;
  private final boolean optional;

  private ConfigKey(Draft<T> draft, @Nullable T defaultValue, boolean optional) {
    this.name = draft.name;
    this.environment = draft.environment;
    this.type = draft.type;
    this.sentence = draft.sentence;
    this.parser = draft.parser;
    this.defaultValue = defaultValue;
    this.optional = optional;
  }

  /** Any text but an empty one. */
  public static ConfigKey<String> text(String name, String sentence) {
    return key(name, "text", sentence, text -> text);
  }

  /** A whole number, both limits included. */
  public static ConfigKey<Integer> integer(String name, int min, int max, String sentence) {
    return key(name, min + " to " + max, sentence, text -> ConfigText.integer(text, min, max));
  }

  /** Numbers with units: 500ms, 5s, 1m30s; both limits included. */
  public static ConfigKey<Duration> duration(
      String name, Duration min, Duration max, String sentence) {
    String range = ConfigText.format(min) + " to " + ConfigText.format(max);
    return key(name, range, sentence, text -> ConfigText.duration(text, min, max));
  }

  /** A path; relative ones count from the working directory. */
  public static ConfigKey<Path> path(String name, String sentence) {
    return key(name, "path", sentence, ConfigText::path);
  }

  /** True or false; the bare flag means true. False when not set. */
  public static ConfigKey<Boolean> flag(String name, String sentence) {
    return key(name, "true or false", sentence, ConfigText::flag).withDefault(false);
  }

  /** Texts separated by commas, blanks around them dropped. */
  public static ConfigKey<List<String>> list(String name, String sentence) {
    return key(name, "list, separated by commas", sentence, ConfigText::list);
  }

  public ConfigKey<T> withDefault(T value) {
    return new ConfigKey<>(draft(environment), value, false);
  }

  /** May be absent; read it with {@link ConfigValues#find}. */
  public ConfigKey<T> optional() {
    return new ConfigKey<>(draft(environment), null, true);
  }

  /** Also reads another environment variable, where its own is not set. */
  public ConfigKey<T> orEnv(String variable) {
    return new ConfigKey<>(
        draft(List.of(environment.getFirst(), variable)), defaultValue, optional);
  }

  public String name() {
    return name;
  }

  public String flagName() {
    return "--" + name.replace('.', '-');
  }

  /** In the order in which they are asked. */
  public List<String> environmentNames() {
    return environment;
  }

  /** Kind and range, in words. */
  public String type() {
    return type;
  }

  public String sentence() {
    return sentence;
  }

  public Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  boolean isOptional() {
    return optional;
  }

  boolean isFlag() {
    return defaultValue instanceof Boolean;
  }

  /** In words: a value, {@code required} or {@code none}. */
  String defaultText() {
    if (defaultValue == null) {
      return optional ? "none" : "required";
    }
    return ConfigText.format(defaultValue);
  }

  /**
   * @throws IllegalArgumentException with what is wrong, as the end of a sentence
   */
  T parse(String text) {
    return parser.apply(text);
  }

  private Draft<T> draft(List<String> variables) {
    return new Draft<>(name, variables, type, sentence, parser);
  }

  private static <T> ConfigKey<T> key(String name, String type, String sentence, Parser<T> parser) {
    String variable = "BPFMAN_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    return new ConfigKey<>(
        new Draft<>(name, List.of(variable), type, sentence, parser), null, false);
  }

  private interface Parser<T> extends Function<String, T> {}

  private record Draft<T>(
      String name, List<String> environment, String type, String sentence, Parser<T> parser) {}
}
