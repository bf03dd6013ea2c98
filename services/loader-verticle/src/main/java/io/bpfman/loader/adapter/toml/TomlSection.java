package io.bpfman.loader.adapter.toml;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A table of the file, with values of checked types.
 *
 * @param name as in brackets; empty for the file itself
 */
record TomlSection(Path file, String name, TomlTable table) {
  /** Empty when absent; refused when it is something else than a table. */
  Optional<TomlSection> section(String key) {
    return value(key, TomlTable.class, "a table")
        .map(inner -> new TomlSection(file, path(key), inner));
  }

  /** Tables of {@code [[name.key]]}; none when absent. */
  List<TomlSection> sections(String key) {
    TomlArray array = value(key, TomlArray.class, "an array of tables").orElse(null);
    List<TomlSection> all = new ArrayList<>();
    for (int i = 0; array != null && i < array.size(); i++) {
      if (!(array.get(i) instanceof TomlTable inner)) {
        throw refused(array.inputPositionOf(i), path(key) + " must hold tables only");
      }
      all.add(new TomlSection(file, path(key), inner));
    }
    return all;
  }

  Optional<String> text(String key) {
    return value(key, String.class, "a string");
  }

  boolean flag(String key, boolean otherwise) {
    return value(key, Boolean.class, "true or false").orElse(otherwise);
  }

  private <T> Optional<T> value(String key, Class<T> type, String words) {
    Object value = table.get(List.of(key));
    if (value != null && !type.isInstance(value)) {
      throw refused(key, "%s must be %s".formatted(path(key), words));
    }
    return Optional.ofNullable(type.cast(value));
  }

  /** One sentence for each key that is not among {@code known}. */
  List<String> unknown(Set<String> known) {
    return table.keySet().stream()
        .filter(key -> !known.contains(key))
        .map(key -> "%s: %s is unknown and has no effect".formatted(at(position(key)), path(key)))
        .toList();
  }

  /** For a value that is not acceptable. */
  BpfmanException refused(String key, String reason) {
    return refused(position(key), reason);
  }

  private BpfmanException refused(@Nullable TomlPosition position, String reason) {
    return FailureCode.CONFIGURATION_INVALID.because(at(position) + ": " + reason, "");
  }

  private @Nullable TomlPosition position(String key) {
    return table.inputPositionOf(List.of(key));
  }

  private String at(@Nullable TomlPosition position) {
    return position == null ? file.toString() : file + ":" + position.line();
  }

  /** With the names of the tables around it. */
  String path(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }

  /** Where the table itself begins, for what is missing in it. */
  BpfmanException refusedHere(String reason) {
    String first = table.keySet().stream().findFirst().orElse("");
    return first.isEmpty() ? refused((TomlPosition) null, reason) : refused(first, reason);
  }
}
