package io.bpfman.runtime.pki;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;

/** Pairs of keys. */
public final class KeyPairs {
  /** Of every key that is made here. */
  public static final String CURVE = "secp256r1";

  private static final byte[] TEXT = {1, 2, 3};

  private KeyPairs() {}

  /** A new one on P-256. Takes milliseconds; not for an event loop. */
  public static KeyPair fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CURVE, e);
    }
  }

  /** Whether a key is of the curve of {@link #fresh}. */
  public static boolean isP256(ECPublicKey key) {
    try {
      AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
      curve.init(new ECGenParameterSpec(CURVE));
      ECParameterSpec wanted = curve.getParameterSpec(ECParameterSpec.class);
      ECParameterSpec own = key.getParams();
      return wanted.getCurve().equals(own.getCurve())
          && wanted.getGenerator().equals(own.getGenerator())
          && wanted.getOrder().equals(own.getOrder());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + CURVE, e);
    }
  }

  /** Whether two keys are one pair: signs and verifies, which works for every kind of key. */
  public static boolean match(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm(privateKey));
    signature.initSign(privateKey);
    signature.update(TEXT);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(TEXT);
    return signature.verify(signed);
  }

  private static String algorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "EC", "ECDSA" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> key.getAlgorithm();
    };
  }
}
