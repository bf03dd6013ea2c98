package io.bpfman.cli.map;

import com.google.protobuf.ByteString;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.RawJson;
import io.bpfman.proto.x.v1.MapEntry;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** An entry as text and as JSON: by its types where it has them, else as bytes. */
final class EntryText {
  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

  private EntryText() {}

  static String text(MapEntry entry) {
    StringBuilder text = new StringBuilder();
    if (!entry.getKey().isEmpty()) {
      text.append("key ").append(key(entry)).append('\n');
    }
    List<String> values = values(entry);
    for (int cpu = 0; cpu < values.size(); cpu++) {
      text.append(values.size() == 1 ? "  value " : "  cpu " + cpu + " ");
      text.append(values.get(cpu)).append('\n');
    }
    return text.toString();
  }

  private static String key(MapEntry entry) {
    return entry.getKeyJson().isEmpty() ? spaced(entry.getKey()) : entry.getKeyJson();
  }

  private static List<String> values(MapEntry entry) {
    return IntStream.range(0, entry.getValuesCount())
        .mapToObj(i -> typed(entry, i) ? entry.getValuesJson(i) : spaced(entry.getValues(i)))
        .toList();
  }

  /**
   * "key" and "values" are bytes in hexadecimal; "typed_key" and "typed_values" come with types.
   */
  static Object json(MapEntry entry) {
    Fields fields =
        new Fields()
            .put("key", hex(entry.getKey()))
            .put("values", entry.getValuesList().stream().map(EntryText::hex).toList());
    if (!entry.getKeyJson().isEmpty()) {
      fields.put("typed_key", new RawJson(entry.getKeyJson()));
    }
    if (entry.getValuesCount() > 0 && typed(entry, 0)) {
      fields.put("typed_values", entry.getValuesJsonList().stream().map(RawJson::new).toList());
    }
    return fields.map();
  }

  private static boolean typed(MapEntry entry, int index) {
    return index < entry.getValuesJsonCount() && !entry.getValuesJson(index).isEmpty();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static String spaced(ByteString bytes) {
    return SPACED.formatHex(bytes.toByteArray());
  }
}
