package io.bpfman.runtime.http;

/**
 * What a TLS server shows, and whose certificates it asks for.
 *
 * @param chain PEM, the server's own certificate first
 * @param key PEM, PKCS #8, not encrypted
 * @param clients PEM, authorities of clients: a client may show a certificate of theirs, and is
 *     refused with any other; empty: nobody is asked
 */
public record ServingCertificate(String chain, String key, String clients) {
  /** For a server that asks no client for a certificate. */
  public ServingCertificate(String chain, String key) {
    this(chain, key, "");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ServingCertificate[" + chain.length() + " characters]";
  }
}
