package io.bpfman.operator.pki.port;

import java.util.Map;
import java.util.Optional;

/** Where all replicas find one keyring. Blocks; thread-safe. */
public interface KeyringStore {
  /**
   * Empty when there is none.
   *
   * @throws IllegalStateException when what is there is somebody else's
   * @throws RuntimeException when the store does not answer
   */
  Optional<StoredKeyring> read();

  /** False when there is one already. */
  boolean create(Map<String, String> texts);

  /** False when another replica has written since {@code version}. */
  boolean replace(String version, Map<String, String> texts);

  /** For messages. */
  String describe();
}
