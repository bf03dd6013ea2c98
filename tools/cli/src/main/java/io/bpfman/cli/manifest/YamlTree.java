package io.bpfman.cli.manifest;

import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML value, read without any knowledge of its kind, so that showing one needs no Kubernetes
 * classes.
 */
record YamlTree(@Nullable Object value) {

  /** All documents of a file. MANIFEST_INVALID for broken YAML. */
  static List<YamlTree> documents(Path file) {
    try {
      List<YamlTree> all = new ArrayList<>();
      String text = Files.readString(file, StandardCharsets.UTF_8);
      for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
        if (document != null) {
          all.add(new YamlTree(document));
        }
      }
      return all;
    } catch (IOException | YamlEngineException unreadable) {
      throw FailureCode.MANIFEST_INVALID.because(
          "cannot read " + file, "`bpfman validate -f " + file + "` says more", unreadable);
    }
  }

  /** The value below some fields; one without value when a field is absent. */
  YamlTree at(String... path) {
    Object here = value;
    for (String field : path) {
      here = here instanceof Map<?, ?> map ? map.get(field) : null;
    }
    return new YamlTree(here);
  }

  /** A scalar below some fields; empty when absent. */
  String text(String... path) {
    Object found = at(path).value;
    return found == null ? "" : String.valueOf(found);
  }

  /** The items below some fields; none when absent. */
  List<YamlTree> items(String... path) {
    return at(path).value instanceof List<?> list
        ? list.stream().map(YamlTree::new).toList()
        : List.of();
  }

  boolean isAbsent() {
    return value == null;
  }

  Optional<YamlTree> present() {
    return isAbsent() ? Optional.empty() : Optional.of(this);
  }
}
