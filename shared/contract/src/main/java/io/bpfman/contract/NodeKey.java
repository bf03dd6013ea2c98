package io.bpfman.contract;

import io.bpfman.model.FailureCode;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Secret that agent and loader bridge of one node share through a file: who can read it may change
 * what runs on the node. Proofs are HMAC-SHA256 (RFC 2104). Safe for use by many threads.
 */
public final class NodeKey {
  private static final int KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private NodeKey(byte[] secret) {
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * Reads the key, 64 hexadecimal digits in a file of mode 0600, and makes the file first when
   * there is none. Processes that start together agree on one key.
   *
   * @throws io.bpfman.model.BpfmanException CONFIGURATION_INVALID when the file cannot be made or
   *     read, is open to others, or holds something else
   */
  public static NodeKey loadOrCreate(Path file) {
    byte[] fresh = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(fresh);
    SecretFiles.createIfAbsent(file, HexFormat.of().formatHex(fresh) + "\n");
    return new NodeKey(parse(file, SecretFiles.readSecret(file).strip()));
  }

  /**
   * Proof over the parts; the length of each is covered, so moving bytes between parts changes it.
   */
  public byte[] prove(List<byte[]> parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (byte[] part : parts) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /**
   * Whether {@code proof} was made by this key over these parts; takes the same time for every
   * wrong proof.
   */
  public boolean proves(byte[] proof, List<byte[]> parts) {
    return MessageDigest.isEqual(proof, prove(parts));
  }

  private static byte[] parse(Path file, String digits) {
    try {
      byte[] secret = HexFormat.of().parseHex(digits);
      if (secret.length == KEY_BYTES) {
        return secret;
      }
      throw malformed(file, null);
    } catch (IllegalArgumentException e) {
      throw malformed(file, e);
    }
  }

  private static RuntimeException malformed(Path file, @Nullable Throwable cause) {
    return FailureCode.CONFIGURATION_INVALID.because(
        "%s is no node key: it must hold %d hexadecimal digits".formatted(file, 2 * KEY_BYTES),
        "remove it and restart agent and loader bridge of this node; a new one is made",
        cause);
  }
}
