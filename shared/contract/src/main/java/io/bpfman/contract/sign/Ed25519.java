package io.bpfman.contract.sign;

import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) as the JDK has it. */
final class Ed25519 {
  private static final String NAME = "Ed25519";
  private static final int KEY_ID_DIGITS = 16;

  private Ed25519() {}

  static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance(NAME).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + NAME, e);
    }
  }

  /**
   * @param source named in the error
   */
  static PrivateKey privateKey(byte[] pkcs8, Path source) {
    try {
      return KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw wrongKey("private", source, e);
    }
  }

  /**
   * @param source named in the error
   */
  static PublicKey publicKey(byte[] x509, Path source) {
    try {
      return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException e) {
      throw wrongKey("public", source, e);
    }
  }

  /** First 16 hexadecimal digits of SHA-256 over the encoded key. */
  static String keyId(PublicKey key) {
    return HexFormat.of().formatHex(Digests.sha256(key.getEncoded())).substring(0, KEY_ID_DIGITS);
  }

  static byte[] sign(PrivateKey key, byte[] content) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with a valid key does not fail", e);
    }
  }

  static boolean verifies(PublicKey key, byte[] content, byte[] proof) {
    try {
      Signature signature = Signature.getInstance(NAME);
      signature.initVerify(key);
      signature.update(content);
      return signature.verify(proof);
    } catch (SignatureException _) {
      // The JDK throws for a signature of the wrong length or encoding: it does not verify.
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("verifying with a valid key does not fail", e);
    }
  }

  private static RuntimeException wrongKey(String kind, Path source, Exception cause) {
    return FailureCode.CONFIGURATION_INVALID.because(
        "%s holds no Ed25519 %s key".formatted(source, kind),
        "make one with: openssl genpkey -algorithm ed25519",
        cause);
  }
}
