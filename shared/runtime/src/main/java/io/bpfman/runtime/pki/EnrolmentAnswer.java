package io.bpfman.runtime.pki;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.security.PrivateKey;

/**
 * What a node gets.
 *
 * @param chain PEM, its own certificate first
 * @param authorities PEM, whom it is to trust from now on
 */
public record EnrolmentAnswer(String chain, String authorities) {
  /** Bytes of the largest answer. */
  public static final int MAX_BYTES = 64 << 10;

  /** JSON. */
  public Buffer encode() {
    return new JsonObject().put("certificate", chain).put("authorities", authorities).toBuffer();
  }

  /**
   * The reverse of {@link #encode}.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public static EnrolmentAnswer read(Buffer body) {
    try {
      JsonObject json = new JsonObject(body);
      return new EnrolmentAnswer(
          json.getString("certificate", ""), json.getString("authorities", ""));
    } catch (DecodeException | ClassCastException e) {
      throw new IllegalArgumentException("the answer is no JSON object of texts", e);
    }
  }

  /**
   * With the key that the request was made for.
   *
   * @throws IllegalArgumentException when they do not fit
   */
  public CertificateSet with(PrivateKey key) {
    return CertificateSet.read(chain, Pem.write(key), authorities);
  }
}
