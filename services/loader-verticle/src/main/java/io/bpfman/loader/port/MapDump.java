package io.bpfman.loader.port;

import io.bpfman.model.Bytes;
import java.util.List;

/**
 * Content of a map.
 *
 * @param type bpf_map_type
 * @param keySize bytes
 * @param valueSize bytes of one value
 * @param truncated whether there were more entries than asked for
 */
public record MapDump(
    long id, int type, int keySize, int valueSize, List<Entry> entries, boolean truncated) {

  /** One value, or one for each possible CPU in a per-CPU map. */
  public record Entry(Bytes key, List<Bytes> values) {}
}
