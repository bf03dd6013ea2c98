package io.bpfman.operator.pki.core;

import io.bpfman.runtime.pki.Pem;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All authorities that are trusted.
 *
 * @param all newest first; not empty
 */
public record Authorities(List<Identity> all) {
  /** Text of the certificates, newest first. */
  public static final String CERTIFICATES = "ca.crt";

  /** Text of the keys in the same order. */
  public static final String KEYS = "ca.key";

  private static final String END = "-----END PRIVATE KEY-----\n";

  public Authorities {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no authority");
    }
  }

  public Identity newest() {
    return all.getFirst();
  }

  /** What everybody must trust. */
  public List<X509Certificate> certificates() {
    return all.stream().map(Identity::certificate).toList();
  }

  /** As texts of a Secret. */
  public Map<String, String> write() {
    String keys = all.stream().map(Identity::key).map(Pem::write).collect(Collectors.joining());
    return Map.of(CERTIFICATES, Pem.write(certificates()), KEYS, keys);
  }

  /**
   * The reverse of {@link #write}.
   *
   * @throws IllegalArgumentException with the text that is missing or cannot be read
   */
  public static Authorities read(Map<String, String> texts) {
    List<X509Certificate> certificates =
        Pem.certificates(texts.getOrDefault(CERTIFICATES, ""), CERTIFICATES);
    List<PrivateKey> keys = keys(texts.getOrDefault(KEYS, ""));
    if (keys.size() != certificates.size()) {
      throw new IllegalArgumentException(
          "%s has %d certificates and %s %d keys"
              .formatted(CERTIFICATES, certificates.size(), KEYS, keys.size()));
    }
    List<Identity> all = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      all.add(Identity.pair(certificates.get(i), keys.get(i)));
    }
    return new Authorities(all);
  }

  private static List<PrivateKey> keys(String text) {
    List<PrivateKey> keys = new ArrayList<>();
    for (int begin = 0, end = text.indexOf(END); end >= 0; end = text.indexOf(END, begin)) {
      keys.add(Pem.key(text.substring(begin, end + END.length()), KEYS));
      begin = end + END.length();
    }
    return keys;
  }
}
