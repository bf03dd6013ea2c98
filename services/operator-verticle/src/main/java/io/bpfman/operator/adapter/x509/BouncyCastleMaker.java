package io.bpfman.operator.adapter.x509;

import io.bpfman.operator.pki.core.CertificateMaker;
import io.bpfman.operator.pki.core.Identity;
import io.bpfman.operator.pki.core.Leaf;
import io.bpfman.operator.pki.core.Validity;
import io.bpfman.runtime.pki.KeyPairs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** ECDSA on P-256 with SHA-256; serial numbers of 127 random bits. */
public final class BouncyCastleMaker implements CertificateMaker {
  private static final int SERIAL_BITS = 127;
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final String ORGANIZATION = ",O=bpfman";

  private final SecureRandom random = new SecureRandom();

  /** Anything that can fail does so only where the library or the JDK is broken. */
  private interface Making<T> {
    T make() throws GeneralSecurityException, OperatorCreationException, IOException;
  }

  @Override
  public KeyPair newPair() {
    return KeyPairs.fresh();
  }

  @Override
  public Identity authority(String name, Validity validity) {
    return made(
        () -> {
          KeyPair pair = newPair();
          BigInteger serial = new BigInteger(SERIAL_BITS, random);
          X500Principal subject =
              new X500Principal("CN=" + name + " " + serial.toString(16) + ORGANIZATION);
          JcaX509v3CertificateBuilder builder =
              new JcaX509v3CertificateBuilder(
                  subject,
                  serial,
                  Date.from(validity.begin()),
                  Date.from(validity.end()),
                  subject,
                  pair.getPublic());
          builder
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
          return new Identity(signed(builder, pair.getPrivate()), pair.getPrivate());
        });
  }

  @Override
  public X509Certificate leaf(Identity authority, Leaf leaf, Validity validity) {
    return made(
        () -> {
          JcaX509v3CertificateBuilder builder =
              new JcaX509v3CertificateBuilder(
                  authority.certificate(),
                  new BigInteger(SERIAL_BITS, random),
                  Date.from(validity.begin()),
                  Date.from(validity.end()),
                  new X500Principal("CN=" + leaf.name() + ORGANIZATION),
                  leaf.key());
          builder
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, uses(leaf))
              .addExtension(Extension.subjectAlternativeName, false, alternatives(leaf))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils()
                      .createAuthorityKeyIdentifier(authority.certificate().getPublicKey()));
          return signed(builder, authority.key());
        });
  }

  private static ExtendedKeyUsage uses(Leaf leaf) {
    return new ExtendedKeyUsage(
        leaf.uses().stream()
            .sorted()
            .map(
                use ->
                    switch (use) {
                      case SERVER -> KeyPurposeId.id_kp_serverAuth;
                      case CLIENT -> KeyPurposeId.id_kp_clientAuth;
                    })
            .toArray(KeyPurposeId[]::new));
  }

  private static GeneralNames alternatives(Leaf leaf) {
    List<GeneralName> names = new ArrayList<>();
    for (String host : leaf.hosts()) {
      int type = IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName;
      names.add(new GeneralName(type, host));
    }
    leaf.uris()
        .forEach(
            uri ->
                names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri.toString())));
    return new GeneralNames(names.toArray(GeneralName[]::new));
  }

  private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey by)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("no certificate could be made", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
