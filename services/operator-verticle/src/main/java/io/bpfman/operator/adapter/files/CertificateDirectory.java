package io.bpfman.operator.adapter.files;

import io.bpfman.runtime.http.CertificateSource;
import io.bpfman.runtime.http.ServingCertificate;
import io.bpfman.runtime.pki.KeyPairs;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.jspecify.annotations.Nullable;

/**
 * {@code tls.crt} and {@code tls.key} of a directory, as cert-manager and anybody else mounts them;
 * keys as PKCS #8, PKCS #1 or SEC 1, RSA or elliptic curves.
 */
public final class CertificateDirectory implements CertificateSource {
  private static final String CERTIFICATE = "tls.crt";
  private static final String KEY = "tls.key";

  private final Path directory;

  public CertificateDirectory(Path directory) {
    this.directory = directory;
  }

  /** Whether there is a certificate now, so that this is the place to take it from. */
  public boolean isUsed() {
    return Files.exists(directory.resolve(CERTIFICATE));
  }

  @Override
  public Optional<ServingCertificate> read() {
    if (!isUsed()) {
      return Optional.empty();
    }
    try {
      // The kubelet replaces both files at once, by a link of the directory that they are in.
      Path certificate = directory.resolve(CERTIFICATE).toRealPath();
      Path key = certificate.resolveSibling(KEY);
      String chain = Files.readString(certificate);
      X509CertificateHolder first = first(chain);
      PrivateKeyInfo privateKey =
          privateKey(Files.readString(Files.exists(key) ? key : directory.resolve(KEY)));
      requirePair(first, privateKey);
      return Optional.of(new ServingCertificate(chain, pem(privateKey)));
    } catch (IOException e) {
      throw new IllegalStateException(
          "no certificate can be read in " + directory + " (" + e + ")", e);
    }
  }

  @Override
  public String describe() {
    return directory.toString();
  }

  private X509CertificateHolder first(String chain) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(chain))) {
      if (parser.readObject() instanceof X509CertificateHolder certificate) {
        return certificate;
      }
      throw new IllegalStateException(directory.resolve(CERTIFICATE) + " has no certificate");
    }
  }

  private PrivateKeyInfo privateKey(String text) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      // SEC 1 keys may follow their curve.
      for (@Nullable Object part = parser.readObject(); part != null; part = parser.readObject()) {
        if (part instanceof PrivateKeyInfo info) {
          return info;
        } else if (part instanceof PEMKeyPair pair) {
          return pair.getPrivateKeyInfo();
        }
      }
      throw new IllegalStateException(directory.resolve(KEY) + " has no key without password");
    }
  }

  /** Signs and verifies, as the only proof that works for every kind of key. */
  private void requirePair(X509CertificateHolder certificate, PrivateKeyInfo key)
      throws IOException {
    try {
      SubjectPublicKeyInfo info = certificate.getSubjectPublicKeyInfo();
      var privateKey = new JcaPEMKeyConverter().getPrivateKey(key);
      PublicKey publicKey =
          KeyFactory.getInstance(privateKey.getAlgorithm())
              .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
      if (!KeyPairs.match(publicKey, privateKey)) {
        throw otherKey(null);
      }
    } catch (GeneralSecurityException e) {
      throw otherKey(e);
    }
  }

  private IllegalStateException otherKey(@Nullable Throwable cause) {
    return new IllegalStateException(
        "%s does not belong to the certificate in %s beside it"
            .formatted(directory.resolve(KEY), CERTIFICATE),
        cause);
  }

  private static String pem(PrivateKeyInfo key) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(new PemObject("PRIVATE KEY", key.getEncoded()));
    }
    return text.toString();
  }
}
