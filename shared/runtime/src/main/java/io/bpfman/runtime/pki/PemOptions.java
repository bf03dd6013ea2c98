package io.bpfman.runtime.pki;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.security.cert.X509Certificate;
import java.util.Collection;

/** Certificates as Vert.x takes them. */
public final class PemOptions {
  private PemOptions() {}

  /** What the holder shows. */
  public static PemKeyCertOptions keys(CertificateSet set) {
    return new PemKeyCertOptions()
        .addCertValue(Buffer.buffer(Pem.write(set.chain())))
        .addKeyValue(Buffer.buffer(Pem.write(set.key())));
  }

  /** Whom the holder trusts. */
  public static PemTrustOptions trust(Collection<X509Certificate> authorities) {
    return new PemTrustOptions().addCertValue(Buffer.buffer(Pem.write(authorities)));
  }
}
