package io.bpfman.operator.webhook.core;

import io.bpfman.operator.pki.core.Identity;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.Pem;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A keyring as the texts of a Secret. */
public final class KeyringPem {
  /** The certificate to serve. */
  public static final String CERTIFICATE = CertificateFiles.CERTIFICATE;

  /** Its key. */
  public static final String KEY = CertificateFiles.KEY;

  /** All authorities, the signing one first. */
  public static final String AUTHORITIES = CertificateFiles.AUTHORITIES;

  /** Key of the signing authority. */
  public static final String AUTHORITY_KEY = "ca.key";

  private KeyringPem() {}

  public static Map<String, String> write(Keyring ring) {
    return Map.of(
        CERTIFICATE, Pem.write(ring.serving().certificate()),
        KEY, Pem.write(ring.serving().key()),
        AUTHORITIES, bundle(ring),
        AUTHORITY_KEY, Pem.write(ring.authority().key()));
  }

  /** What clients must trust. */
  public static String bundle(Keyring ring) {
    return Stream.concat(Stream.of(ring.authority().certificate()), ring.older().stream())
        .map(Pem::write)
        .collect(Collectors.joining());
  }

  /**
   * The reverse of {@link #write}.
   *
   * @throws IllegalArgumentException with the text that is missing or cannot be read
   */
  public static Keyring read(Map<String, String> texts) {
    List<X509Certificate> authorities = certificates(texts, AUTHORITIES);
    X509Certificate serving = certificates(texts, CERTIFICATE).getFirst();
    return new Keyring(
        new Identity(authorities.getFirst(), key(texts, AUTHORITY_KEY)),
        authorities.subList(1, authorities.size()),
        new Identity(serving, key(texts, KEY)),
        names(serving));
  }

  private static List<X509Certificate> certificates(Map<String, String> texts, String name) {
    return Pem.certificates(texts.getOrDefault(name, ""), name);
  }

  private static PrivateKey key(Map<String, String> texts, String name) {
    return Pem.key(texts.getOrDefault(name, ""), name);
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> found = certificate.getSubjectAlternativeNames();
      return found == null
          ? List.of()
          : found.stream().map(entry -> String.valueOf(entry.get(1))).toList();
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException(CERTIFICATE + " has names that cannot be read", e);
    }
  }
}
