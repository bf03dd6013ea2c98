package io.bpfman.contract.sign;

import com.google.protobuf.ByteString;
import io.bpfman.contract.SecretFiles;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

/** Signs desired states with the operator's private key. Safe for use by many threads. */
public final class DesiredStateSigner {
  private final PrivateKey privateKey;
  private final String keyId;

  private DesiredStateSigner(PrivateKey privateKey, PublicKey publicKey) {
    this.privateKey = privateKey;
    this.keyId = Ed25519.keyId(publicKey);
  }

  /**
   * Reads the key pair, and makes one first when there is no private key. A file made here holds
   * both halves (mode 0600), so that the public file can be written again from it; processes that
   * start together agree on one pair.
   *
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID when a file cannot be made or
   *     read, is no such key, is open to others, or the halves do not belong together
   */
  public static DesiredStateSigner loadOrCreate(Path privateKeyPem, Path publicKeyPem) {
    SecretFiles.createIfAbsent(privateKeyPem, newPair());
    String text = SecretFiles.readSecret(privateKeyPem);
    PrivateKey privateKey =
        Ed25519.privateKey(Pem.require(Pem.PRIVATE, text, privateKeyPem), privateKeyPem);
    Pem.find(Pem.PUBLIC, text, privateKeyPem)
        .ifPresent(key -> SecretFiles.publish(publicKeyPem, Pem.encode(Pem.PUBLIC, key)));
    String publicText = SecretFiles.read(publicKeyPem);
    PublicKey publicKey =
        Ed25519.publicKey(Pem.require(Pem.PUBLIC, publicText, publicKeyPem), publicKeyPem);
    requirePair(privateKey, publicKey, publicKeyPem);
    return new DesiredStateSigner(privateKey, publicKey);
  }

  /** The bytes that are signed are those that are sent. */
  public SignedDesiredState sign(DesiredState state) {
    byte[] content = state.toByteArray();
    return SignedDesiredState.newBuilder()
        .setDesiredState(ByteString.copyFrom(content))
        .setSignature(ByteString.copyFrom(Ed25519.sign(privateKey, content)))
        .setKeyId(keyId)
        .build();
  }

  private static String newPair() {
    KeyPair pair = Ed25519.generate();
    return Pem.encode(Pem.PRIVATE, pair.getPrivate().getEncoded())
        + Pem.encode(Pem.PUBLIC, pair.getPublic().getEncoded());
  }

  private static void requirePair(PrivateKey privateKey, PublicKey publicKey, Path publicKeyPem) {
    byte[] sample = "bpfman key check".getBytes(StandardCharsets.US_ASCII);
    if (!Ed25519.verifies(publicKey, sample, Ed25519.sign(privateKey, sample))) {
      throw FailureCode.CONFIGURATION_INVALID.because(
          "%s does not belong to the private key beside it".formatted(publicKeyPem),
          "write it again with: openssl pkey -pubout");
    }
  }
}
