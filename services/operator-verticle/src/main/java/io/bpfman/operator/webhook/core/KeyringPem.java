package io.bpfman.operator.webhook.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A keyring as the texts of a Secret. */
public final class KeyringPem {
  /** The certificate to serve. */
  public static final String CERTIFICATE = "tls.crt";

  /** Its key. */
  public static final String KEY = "tls.key";

  /** All authorities, the signing one first. */
  public static final String AUTHORITIES = "ca.crt";

  /** Key of the signing authority. */
  public static final String AUTHORITY_KEY = "ca.key";

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private KeyringPem() {}

  public static Map<String, String> write(Keyring ring) {
    return Map.of(
        CERTIFICATE, certificate(ring.serving().certificate()),
        KEY, key(ring.serving().key()),
        AUTHORITIES, bundle(ring),
        AUTHORITY_KEY, key(ring.authority().key()));
  }

  /** What clients must trust. */
  public static String bundle(Keyring ring) {
    return Stream.concat(Stream.of(ring.authority().certificate()), ring.older().stream())
        .map(KeyringPem::certificate)
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
    try {
      byte[] content = texts.getOrDefault(name, "").getBytes(UTF_8);
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(content))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
      throw new IllegalArgumentException(name + " has no certificate");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(name + " cannot be read", e);
    }
  }

  private static PrivateKey key(Map<String, String> texts, String name) {
    String content =
        texts
            .getOrDefault(name, "")
            .lines()
            .filter(line -> !line.startsWith("-----"))
            .collect(Collectors.joining());
    try {
      byte[] encoded = Base64.getDecoder().decode(content);
      return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(name + " has no key that can be read", e);
    }
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

  private static String certificate(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String key(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(type, LINES.encodeToString(content));
  }
}
