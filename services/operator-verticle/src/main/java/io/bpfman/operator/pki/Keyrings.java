package io.bpfman.operator.pki;

import io.bpfman.operator.pki.port.KeyringStore;
import io.bpfman.operator.pki.port.StoredKeyring;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all who keep a keyring in a store have in common. */
public final class Keyrings {
  private static final Logger LOG = LoggerFactory.getLogger(Keyrings.class);

  private Keyrings() {}

  /**
   * What the store holds; whoever finds nothing writes the first one, and of several who do that at
   * once one wins. Blocks.
   */
  public static StoredKeyring readOrCreate(
      KeyringStore store, Supplier<Map<String, String>> first) {
    Optional<StoredKeyring> found = store.read();
    if (found.isPresent()) {
      return found.get();
    }
    boolean created = store.create(first.get());
    LOG.info("{} {}", store.describe(), created ? "was created" : "was created by another replica");
    return store
        .read()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    store.describe() + " was removed right after it was created"));
  }
}
