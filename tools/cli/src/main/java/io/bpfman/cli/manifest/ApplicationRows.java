package io.bpfman.cli.manifest;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Applications as a table and as JSON: from the manifests, with what the operator says of each. */
final class ApplicationRows {
  private record Row(String name, @Nullable Path manifest, YamlTree object, List<YamlTree> states) {
    String status() {
      if (manifest == null) {
        return "Deleting";
      }
      String reason = condition("reason");
      return reason.isEmpty() ? "Unknown" : reason;
    }

    String condition(String field) {
      return object.items("status", "conditions").stream()
          .findFirst()
          .map(condition -> condition.text(field))
          .orElse("");
    }
  }

  private final List<Row> rows = new ArrayList<>();

  ApplicationRows(Path manifests, String only) {
    StatusDirectory status = new StatusDirectory(manifests);
    Map<String, YamlTree> observed = new LinkedHashMap<>();
    status.applications().forEach(object -> observed.put(object.text("metadata", "name"), object));
    Map<String, Path> wanted = new ManifestDirectory(manifests).applications();
    Set<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(observed.keySet());
    List<YamlTree> states = status.states();
    for (String name : names) {
      if (only.isEmpty() || only.equals(name)) {
        YamlTree object = observed.getOrDefault(name, new YamlTree(null));
        rows.add(new Row(name, wanted.get(name), object, ofApplication(states, name)));
      }
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  Object json() {
    return new Fields()
        .put("applications", rows.stream().map(ApplicationRows::json).toList())
        .map();
  }

  String text() {
    Table table = new Table("NAME", "NODES", "PROGRAMS", "STATUS", "MESSAGE");
    for (Row row : rows) {
      int programs =
          row.states().stream().mapToInt(state -> state.items("status", "programs").size()).sum();
      table.row(
          row.name(),
          Integer.toString(row.states().size()),
          Integer.toString(programs),
          row.status(),
          row.condition("message").lines().findFirst().orElse(""));
    }
    return table.text();
  }

  private static Object json(Row row) {
    return new Fields()
        .put("name", row.name())
        .put("manifest", row.manifest() == null ? null : row.manifest().toString())
        .put("status", row.status())
        .put("message", row.condition("message"))
        .put("object", row.object().value())
        .put("states", row.states().stream().map(YamlTree::value).toList())
        .map();
  }

  private static List<YamlTree> ofApplication(List<YamlTree> states, String name) {
    return states.stream().filter(state -> StateRows.application(state).equals(name)).toList();
  }
}
