package io.bpfman.loader.adapter.toml;

import io.bpfman.loader.port.SigningPolicy;
import io.bpfman.runtime.Logging;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/** The tables of bpfman.toml and the rules for what they hold. */
final class ConfigTables {
  /** bpfman of 0.6 and before had them. */
  private static final Set<String> DROPPED = Set.of("interfaces", "database");

  private static final String IDENTITY = "certificate_identity";
  private static final String ISSUER = "certificate_oidc_issuer";
  private static final String REGEXP = "_regexp";

  private final TomlSection root;
  private final List<String> notes = new ArrayList<>();

  ConfigTables(Path file, TomlTable table) {
    root = new TomlSection(file, "", table);
  }

  ConfigFile read() {
    notes.addAll(root.unknown(Set.of("logging", "signing", "interfaces", "database")));
    for (String dropped : DROPPED) {
      root.section(dropped)
          .ifPresent(
              section ->
                  notes.add(
                      "%s: [%s] had a meaning up to bpfman 0.6 and has no effect"
                          .formatted(section.file(), dropped)));
    }
    SigningPolicy signing =
        root.section("signing").map(this::signing).orElse(SigningPolicy.DEFAULT);
    TomlSection logging = root.section("logging").orElse(null);
    return logging == null
        ? new ConfigFile(null, false, Map.of(), signing, notes)
        : logging(logging, signing);
  }

  private ConfigFile logging(TomlSection logging, SigningPolicy signing) {
    notes.addAll(logging.unknown(Set.of("level", "format", "components")));
    String level = level(logging, "level");
    boolean json = isJson(logging);
    Map<String, String> components = new TreeMap<>();
    logging.section("components").ifPresent(section -> readLevels(section, components));
    return new ConfigFile(level, json, components, signing, notes);
  }

  private static void readLevels(TomlSection section, Map<String, String> components) {
    for (String component : section.table().keySet()) {
      String level = level(section, component);
      if (level != null) {
        components.put(component, level);
      }
    }
  }

  private static @Nullable String level(TomlSection section, String key) {
    String level = section.text(key).map(text -> text.toLowerCase(Locale.ROOT)).orElse(null);
    if (level != null && !Logging.LEVELS.contains(level)) {
      throw section.refused(
          key,
          "%s \"%s\" is no log level: %s"
              .formatted(section.path(key), level, String.join(", ", Logging.LEVELS)));
    }
    return level;
  }

  private static boolean isJson(TomlSection logging) {
    String format = logging.text("format").orElse("text");
    return switch (format) {
      case "text" -> false;
      case "json" -> true;
      default ->
          throw logging.refused(
              "format", "logging.format \"%s\" is neither text nor json".formatted(format));
    };
  }

  private SigningPolicy signing(TomlSection signing) {
    notes.addAll(signing.unknown(Set.of("allow_unsigned", "verify_enabled", "trusted_identities")));
    List<TomlSection> entries = signing.sections("trusted_identities");
    List<SigningPolicy.Identity> trusted = entries.stream().map(this::identity).toList();
    for (int i = 0; i < trusted.size() && trusted.size() > 1; i++) {
      if (trusted.get(i).acceptsAnybody()) {
        throw entries
            .get(i)
            .refusedHere(
                "an entry of signing.trusted_identities that accepts anybody must be the only one");
      }
    }
    return new SigningPolicy(
        signing.flag("allow_unsigned", true), signing.flag("verify_enabled", true), trusted);
  }

  private SigningPolicy.Identity identity(TomlSection entry) {
    notes.addAll(entry.unknown(Set.of(IDENTITY, IDENTITY + REGEXP, ISSUER, ISSUER + REGEXP)));
    return new SigningPolicy.Identity(match(entry, IDENTITY), match(entry, ISSUER));
  }

  /** Exactly one of the plain key and the one for a regular expression. */
  private static SigningPolicy.Match match(TomlSection entry, String key) {
    String plain = entry.text(key).orElse("");
    String regexp = entry.text(key + REGEXP).orElse("");
    if (plain.isEmpty() == regexp.isEmpty()) {
      throw entry.refusedHere(
          "an entry of signing.trusted_identities needs exactly one of %s and %s"
              .formatted(key, key + REGEXP));
    }
    if (regexp.isEmpty()) {
      return new SigningPolicy.Match(plain, false);
    }
    try {
      Pattern.compile(regexp);
      return new SigningPolicy.Match(regexp, true);
    } catch (PatternSyntaxException e) {
      throw entry.refused(
          key + REGEXP,
          "%s is no regular expression: %s at \"%s\""
              .formatted(key + REGEXP, e.getDescription(), e.getPattern()));
    }
  }
}
