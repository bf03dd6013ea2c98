package io.bpfman.loader.adapter.toml;

import io.bpfman.loader.port.SigningPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What bpfman.toml says.
 *
 * @param logLevel null when it does not say
 * @param jsonLog whether lines shall be JSON
 * @param componentLevels level of each component
 * @param notes one sentence for each thing that has no effect here
 */
public record ConfigFile(
    @Nullable String logLevel,
    boolean jsonLog,
    Map<String, String> componentLevels,
    SigningPolicy signing,
    List<String> notes) {
  /** Of a file that is not there. */
  public static final ConfigFile EMPTY =
      new ConfigFile(null, false, Map.of(), SigningPolicy.DEFAULT, List.of());

  public ConfigFile {
    componentLevels = Map.copyOf(componentLevels);
    notes = List.copyOf(notes);
  }
}
