package io.bpfman.runtime.pki;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Certificates and keys as text. */
public final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /** The certificates one after another. */
  public static String write(Collection<X509Certificate> certificates) {
    return certificates.stream().map(Pem::write).collect(Collectors.joining());
  }

  public static String write(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate that was read has no encoding", e);
    }
  }

  /** PKCS #8, not encrypted. */
  public static String write(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /**
   * All certificates of a text.
   *
   * @param name of the text, for messages
   * @throws IllegalArgumentException when there is none or one cannot be read
   */
  public static List<X509Certificate> certificates(String text, String name) {
    try {
      List<X509Certificate> found =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(text.getBytes(UTF_8)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
      throw new IllegalArgumentException(name + " has no certificate");
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(name + " has a certificate that cannot be read", e);
    }
  }

  /**
   * A key of an elliptic curve or of RSA, PKCS #8.
   *
   * @param name of the text, for messages
   * @throws IllegalArgumentException when it cannot be read
   */
  public static PrivateKey key(String text, String name) {
    String content =
        text.lines().filter(line -> !line.startsWith("-----")).collect(Collectors.joining());
    byte[] encoded;
    try {
      encoded = Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw unreadable(name, e);
    }
    GeneralSecurityException last = null;
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (GeneralSecurityException e) {
        // The encoding does not say which it is before it is read; the last one's words are told.
        last = e;
      }
    }
    throw unreadable(name, last);
  }

  private static IllegalArgumentException unreadable(String name, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        name + " has no key that can be read (PKCS #8, EC or RSA, without password)", cause);
  }

  private static String block(String type, byte[] content) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(type, LINES.encodeToString(content));
  }
}
