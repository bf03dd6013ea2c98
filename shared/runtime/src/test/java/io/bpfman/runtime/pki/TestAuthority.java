package io.bpfman.runtime.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of a test. */
public final class TestAuthority {
  private static final int SERIAL_BITS = 100;

  private final KeyPair pair = KeyPairs.fresh();
  private final X500Name name;
  private final X509Certificate certificate;

  public TestAuthority(String commonName) {
    this.name = new X500Name("CN=" + commonName);
    this.certificate = sign(name, pair.getPublic(), List.of(), Lifetime.of(Duration.ofHours(1)));
  }

  /** When a certificate holds. */
  public record Lifetime(Instant begin, Instant end) {
    /** From an hour ago. */
    public static Lifetime of(Duration left) {
      return new Lifetime(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(left));
    }
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** A new key with a certificate that names {@code identity} and {@code hosts}. */
  public CertificateSet set(PeerIdentity identity, String... hosts) {
    return set(Lifetime.of(Duration.ofHours(1)), identity, hosts);
  }

  public CertificateSet set(Lifetime lifetime, PeerIdentity identity, String... hosts) {
    KeyPair own = KeyPairs.fresh();
    X509Certificate leaf = issue(own.getPublic(), lifetime, names(identity, hosts));
    return new CertificateSet(List.of(leaf), own.getPrivate(), List.of(certificate));
  }

  public X509Certificate issue(PublicKey key, Lifetime lifetime, List<GeneralName> names) {
    return sign(new X500Name("CN=leaf"), key, names, lifetime);
  }

  /** What a certificate of {@code identity} has, and {@code hosts}. */
  public static List<GeneralName> names(PeerIdentity identity, String... hosts) {
    List<GeneralName> names = new ArrayList<>();
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, identity.uri().toString()));
    identity.role().names().forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
    List.of(hosts).forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
    return names;
  }

  private X509Certificate sign(
      X500Name subject, PublicKey key, List<GeneralName> names, Lifetime lifetime) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              new BigInteger(SERIAL_BITS, new SecureRandom()),
              Date.from(lifetime.begin()),
              Date.from(lifetime.end()),
              subject,
              key);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(names.isEmpty()));
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
