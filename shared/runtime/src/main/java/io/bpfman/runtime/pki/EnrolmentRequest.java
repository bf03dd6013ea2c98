package io.bpfman.runtime.pki;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * What a node sends to get a certificate. Instead of a certification request it is the public key
 * and a signature of its holder over what authorises the request, so that neither a captured
 * request nor somebody else's key is of use to anybody.
 *
 * @param node that the certificate is to name
 * @param key of an elliptic curve, P-256
 * @param proof see {@link #of}
 */
public record EnrolmentRequest(String node, PublicKey key, String proof) {
  /** Path of the server. */
  public static final String PATH = "/v1/enrol";

  /** Bytes of the largest request; real ones have less than 1 KiB. */
  public static final int MAX_BYTES = 16 << 10;

  private static final String ALGORITHM = "SHA256withECDSA";

  /**
   * @param credential bytes of the token, or of the present certificate
   */
  public static EnrolmentRequest of(String node, KeyPair pair, byte[] credential) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      update(signature, node, pair.getPublic(), credential);
      return new EnrolmentRequest(
          node, pair.getPublic(), Base64.getEncoder().encodeToString(signature.sign()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a fresh key cannot sign", e);
    }
  }

  /** Whether the sender holds the private key, and meant this node and this credential. */
  public boolean isProven(byte[] credential) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      update(signature, node, key, credential);
      return signature.verify(Base64.getDecoder().decode(proof));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      // Whatever is wrong with a signature, it proves nothing.
      return false;
    }
  }

  /** The hash keeps the credential itself out of what is signed; zeros part the rest. */
  private static void update(Signature signature, String node, PublicKey key, byte[] credential)
      throws GeneralSecurityException {
    signature.update("bpfman enrolment v1\0".getBytes(US_ASCII));
    signature.update((node + "\0").getBytes(UTF_8));
    signature.update(MessageDigest.getInstance("SHA-256").digest(credential));
    signature.update(key.getEncoded());
  }

  /** JSON. */
  public Buffer encode() {
    return new JsonObject()
        .put("node", node)
        .put("publicKey", Base64.getEncoder().encodeToString(key.getEncoded()))
        .put("proof", proof)
        .toBuffer();
  }

  /**
   * The reverse of {@link #encode}; proves nothing.
   *
   * @throws IllegalArgumentException with one sentence, which shows nothing of the request
   */
  public static EnrolmentRequest read(byte[] body) {
    try {
      JsonObject json = new JsonObject(Buffer.buffer(body));
      String node = text(json, "node");
      PublicKey key =
          KeyFactory.getInstance("EC")
              .generatePublic(
                  new X509EncodedKeySpec(Base64.getDecoder().decode(text(json, "publicKey"))));
      if (!(key instanceof ECPublicKey ec) || !KeyPairs.isP256(ec)) {
        throw new IllegalArgumentException("publicKey must be of P-256");
      }
      return new EnrolmentRequest(node, key, text(json, "proof"));
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("the body must be a JSON object of texts", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("publicKey must be a key of P-256, in Base64", e);
    }
  }

  private static String text(JsonObject json, String name) {
    String text = json.getString(name);
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("the body must have " + name);
    }
    return text;
  }
}
