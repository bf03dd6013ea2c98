package io.bpfman.operator.pki.port;

import io.bpfman.operator.pki.core.Admittance;

/** Who knows whose a token is. Blocks; thread-safe. */
@FunctionalInterface
public interface TokenCheck {
  /**
   * Decides, and uses the token up where it is for one use; the same key may come again with it.
   *
   * @param token as sent
   * @param node that the sender says it is
   * @param keyDigest SHA-256 of the sender's public key, in hexadecimal digits
   * @throws RuntimeException when that cannot be decided now
   */
  Admittance check(String token, String node, String keyDigest);
}
