package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Compares JSON with bpfman's own types: every key is there, and its value is of a kind that a
 * typed reader takes. The table gives {@code name type} a line below {@code # type}.
 */
final class UpstreamJson {
  /** Ours in addition, which readers with types pass over. */
  private static final Map<String, Set<String>> ADDED =
      Map.of("LinkStatus", Set.of("health", "reason"));

  private static final Set<String> NUMBERS =
      Set.of(
          "int",
          "int32",
          "int64",
          "uint16",
          "uint32",
          "uint64",
          "time.Duration",
          "LinkID",
          "ProgramID",
          "MapID");

  private static final Set<String> TEXTS =
      Set.of(
          "string",
          "ProgramType",
          "MapType",
          "time.Time",
          "ProgPinPath",
          "MapDir",
          "MapPinPath",
          "LinkPath",
          "LinkKind",
          "TCDirection",
          "DispatcherType",
          "ImagePullPolicy");

  private final Map<String, Map<String, String>> types = new LinkedHashMap<>();

  UpstreamJson() throws IOException {
    try (InputStream table = UpstreamJson.class.getResourceAsStream("/bpfman-cli-json.txt")) {
      assertNotNull(table, "the table of types");
      Map<String, String> fields = new LinkedHashMap<>();
      for (String line :
          new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList()) {
        if (line.startsWith("# ")) {
          fields = new LinkedHashMap<>();
          types.put(line.substring(2), fields);
        } else if (!line.startsWith("!") && line.indexOf(' ') > 0) {
          fields.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
      }
    }
    types.get("MapStatus").putAll(types.get("kernel.Map"));
    types.get("ProgramRecord").put("load", "loadSpecJSON");
    types.get("loadSpecJSON").put("image_source", "*imageSourceJSON");
  }

  /**
   * @param details type of the links' details; they differ by kind
   */
  void check(String type, JsonNode json, String details) {
    check(type, json, type, details);
  }

  private void check(String type, JsonNode json, String where, String details) {
    Map<String, String> fields = types.get(type);
    assertNotNull(fields, "the table has no type " + type);
    assertTrue(json.isObject(), where + " is no object: " + json);
    Set<String> wanted = new TreeSet<>();
    fields.forEach((name, kind) -> wanted.add(name.replace(",omitempty", "")));
    Set<String> found = new TreeSet<>();
    found.addAll(json.propertyNames());
    fields.keySet().stream()
        .filter(name -> name.endsWith(",omitempty"))
        .map(name -> name.replace(",omitempty", ""))
        .filter(name -> !found.contains(name))
        .forEach(wanted::remove);
    found.removeAll(ADDED.getOrDefault(type, Set.of()));
    assertEquals(wanted, found, "keys of " + where);
    fields.forEach(
        (name, kind) -> {
          String key = name.replace(",omitempty", "");
          if (json.has(key)) {
            value(kind, json.get(key), where + "." + key, details);
          }
        });
  }

  private void value(String kind, JsonNode json, String where, String details) {
    if (kind.startsWith("*")) {
      if (!json.isNull()) {
        value(kind.substring(1), json, where, details);
      }
    } else if (kind.startsWith("[]")) {
      assertTrue(json.isArray(), where + " is no list: " + json);
      json.forEach(item -> value(kind.substring(2), item, where + "[]", details));
    } else if (kind.startsWith("map[string]")) {
      assertTrue(json.isObject(), where + " is no map: " + json);
      json.forEach(
          item -> value(kind.substring("map[string]".length()), item, where + "{}", details));
    } else if (kind.equals("LinkDetails")) {
      check(details, json, where, details);
    } else {
      plain(kind, json, where, details);
    }
  }

  /** A type of the same package is named without it. */
  private String named(String kind, String bare, String where) {
    return types.containsKey(kind)
        ? kind
        : types.containsKey("platform." + bare) && where.startsWith("platform.")
            ? "platform." + bare
            : bare;
  }

  private void plain(String kind, JsonNode json, String where, String details) {
    String bare = kind.substring(kind.lastIndexOf('.') + 1);
    if (kind.equals("bool")) {
      assertTrue(json.isBoolean(), where + " is no bool: " + json);
    } else if (NUMBERS.contains(kind) || NUMBERS.contains(bare)) {
      assertTrue(json.isIntegralNumber(), where + " is no number: " + json);
    } else if (TEXTS.contains(kind) || TEXTS.contains(bare)) {
      assertTrue(json.isString(), where + " is no text: " + json);
    } else {
      check(named(kind, bare, where), json, where, details);
    }
  }
}
