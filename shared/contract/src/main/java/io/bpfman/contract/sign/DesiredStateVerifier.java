package io.bpfman.contract.sign;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bpfman.contract.SecretFiles;
import io.bpfman.model.Bytes;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import java.nio.file.Path;
import java.security.PublicKey;

/**
 * Accepts what the operator signed for one node, and nothing else. Safe for use by many threads.
 */
public final class DesiredStateVerifier {
  private final PublicKey publicKey;
  private final String keyId;

  private DesiredStateVerifier(PublicKey publicKey) {
    this.publicKey = publicKey;
    this.keyId = Ed25519.keyId(publicKey);
  }

  /**
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID when the file is absent or holds
   *     no such key
   */
  public static DesiredStateVerifier load(Path publicKeyPem) {
    String text = SecretFiles.read(publicKeyPem);
    return new DesiredStateVerifier(
        Ed25519.publicKey(Pem.require(Pem.PUBLIC, text, publicKeyPem), publicKeyPem));
  }

  /**
   * The state, when its signature fits, it is for {@code node}, and its digest is that of its
   * applications. Whether it is newer than the last one is for the caller to check.
   *
   * @throws io.bpfman.model.BpfmanException SIGNATURE_INVALID for a foreign key or changed bytes;
   *     PERMISSION_DENIED for another node's state; INVALID_REQUEST when it cannot be read or the
   *     digest is wrong
   */
  public DesiredState verify(SignedDesiredState signed, String node) {
    requireSignature(signed);
    DesiredState state = parse(signed);
    if (!state.getNode().equals(node)) {
      throw FailureCode.PERMISSION_DENIED.because(
          "a desired state for node \"%s\" came to node \"%s\"".formatted(state.getNode(), node),
          "give every node a name of its own");
    }
    Bytes digest = Digests.of(state.getApplicationsList());
    if (!digest.equals(Bytes.of(state.getDigest().toByteArray()))) {
      throw FailureCode.INVALID_REQUEST.because(
          "revision %d of the desired state has a digest that is not that of its applications"
              .formatted(state.getRevision()),
          "run the same release of bpfman on every node");
    }
    return state;
  }

  private void requireSignature(SignedDesiredState signed) {
    if (!signed.getKeyId().equals(keyId)) {
      throw FailureCode.SIGNATURE_INVALID.because(
          "the desired state is signed with key %s; this node trusts %s"
              .formatted(signed.getKeyId(), keyId),
          "copy the operator's public key to this node");
    }
    byte[] content = signed.getDesiredState().toByteArray();
    if (!Ed25519.verifies(publicKey, content, signed.getSignature().toByteArray())) {
      throw FailureCode.SIGNATURE_INVALID.because(
          "the signature of the desired state does not fit its content",
          "it was changed on the way; the operator sends it again");
    }
  }

  private static DesiredState parse(SignedDesiredState signed) {
    try {
      return DesiredState.parseFrom(signed.getDesiredState());
    } catch (InvalidProtocolBufferException e) {
      throw FailureCode.INVALID_REQUEST.because(
          "the signed desired state cannot be read",
          "run the same release of bpfman on every node",
          e);
    }
  }
}
