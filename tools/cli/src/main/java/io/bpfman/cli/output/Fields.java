package io.bpfman.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object in the order in which its fields are put. */
public final class Fields {
  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  public Fields put(String name, @Nullable Object value) {
    fields.put(name, value);
    return this;
  }

  /** Live, for {@link Json}. */
  public Map<String, @Nullable Object> map() {
    return fields;
  }
}
