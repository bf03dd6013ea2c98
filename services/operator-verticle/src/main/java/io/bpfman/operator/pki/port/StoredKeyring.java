package io.bpfman.operator.pki.port;

import java.util.Map;

/**
 * What a store holds.
 *
 * @param texts by name
 * @param version changes with every write
 */
public record StoredKeyring(Map<String, String> texts, String version) {
  public StoredKeyring {
    texts = Map.copyOf(texts);
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "StoredKeyring[version " + version + "]";
  }
}
