package io.bpfman.cli.map;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.RawJson;
import io.bpfman.cli.output.Table;
import io.bpfman.proto.x.v1.MapVariable;
import java.util.HexFormat;
import java.util.List;

/** Global variables as text and as JSON: by their types where they have them, else as bytes. */
final class VariableText {
  private VariableText() {}

  static String table(List<MapVariable> variables) {
    Table table = new Table("VARIABLE", "TYPE", "VALUE");
    variables.forEach(
        variable ->
            table.row(
                variable.getName(),
                variable.getType().isEmpty() ? variable.getSize() + " B" : variable.getType(),
                value(variable)));
    return table.text();
  }

  /** JSON, bytes, or why there are none. */
  static String value(MapVariable variable) {
    if (!variable.getNote().isEmpty()) {
      return "(" + variable.getNote() + ")";
    }
    return variable.getValueJson().isEmpty()
        ? HexFormat.ofDelimiter(" ").formatHex(variable.getValue().toByteArray())
        : variable.getValueJson();
  }

  /** "value" is bytes in hexadecimal; "typed_value" comes with a type. */
  static Object json(MapVariable variable) {
    Fields fields =
        new Fields()
            .put("name", variable.getName())
            .put("type", variable.getType())
            .put("offset", Integer.toUnsignedLong(variable.getOffset()))
            .put("size", Integer.toUnsignedLong(variable.getSize()));
    if (variable.getNote().isEmpty()) {
      fields.put("value", HexFormat.of().formatHex(variable.getValue().toByteArray()));
    } else {
      fields.put("note", variable.getNote());
    }
    if (!variable.getValueJson().isEmpty()) {
      fields.put("typed_value", new RawJson(variable.getValueJson()));
    }
    return fields.map();
  }
}
