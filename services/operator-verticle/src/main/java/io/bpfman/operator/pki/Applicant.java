package io.bpfman.operator.pki;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as the connection says.
 *
 * @param address see {@link SourceAddress}
 * @param token null: none was sent
 * @param certificate that TLS has verified; null: none was shown
 */
record Applicant(String address, @Nullable String token, @Nullable X509Certificate certificate) {
  private static final String BEARER = "Bearer ";

  static Applicant of(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    String token =
        header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
            ? header.substring(BEARER.length()).strip()
            : null;
    return new Applicant(SourceAddress.of(request), token, shown(request.sslSession()));
  }

  private static @Nullable X509Certificate shown(@Nullable SSLSession session) {
    if (session == null) {
      return null;
    }
    try {
      Certificate first = session.getPeerCertificates()[0];
      return first instanceof X509Certificate x509 ? x509 : null;
    } catch (SSLPeerUnverifiedException _) {
      // A client without a certificate is a client with a token.
      return null;
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "Applicant[" + address + "]";
  }
}
