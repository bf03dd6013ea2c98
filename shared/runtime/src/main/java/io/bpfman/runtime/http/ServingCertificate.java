package io.bpfman.runtime.http;

/**
 * What a TLS server shows.
 *
 * @param chain PEM, the server's own certificate first
 * @param key PEM, PKCS #8, not encrypted
 */
public record ServingCertificate(String chain, String key) {
  /** Without the key. */
  @Override
  public String toString() {
    return "ServingCertificate[" + chain.length() + " characters]";
  }
}
