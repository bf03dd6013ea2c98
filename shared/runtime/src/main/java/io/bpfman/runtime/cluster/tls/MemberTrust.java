package io.bpfman.runtime.cluster.tls;

import io.bpfman.runtime.pki.Role;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts whom an authority of the cluster calls a member, whichever side it is on and whatever its
 * address is. A node's certificate of the same authority is none of a member.
 */
final class MemberTrust extends X509ExtendedTrustManager {
  /** Type of DNS names among alternative names, RFC 5280, section 4.2.1.6. */
  private static final Integer DNS = 2;

  private final X509TrustManager authorities;
  private final BiConsumer<X509Certificate, CertificateException> onRefused;

  private MemberTrust(
      X509TrustManager authorities, BiConsumer<X509Certificate, CertificateException> onRefused) {
    this.authorities = authorities;
    this.onRefused = onRefused;
  }

  static MemberTrust of(List<X509Certificate> authorities) throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("authority" + store.size(), authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      X509TrustManager trust =
          Arrays.stream(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow();
      return new MemberTrust(trust, (_, _) -> {});
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty store of certificates cannot be made", e);
    }
  }

  /** The same, which tells whom it refuses, for connections that nobody else watches. */
  MemberTrust telling(BiConsumer<X509Certificate, CertificateException> whenRefused) {
    return new MemberTrust(authorities, whenRefused);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    try {
      authorities.checkClientTrusted(chain, type);
      checkMember(chain[0]);
    } catch (CertificateException e) {
      onRefused.accept(chain[0], e);
      throw e;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    try {
      authorities.checkServerTrusted(chain, type);
      checkMember(chain[0]);
    } catch (CertificateException e) {
      onRefused.accept(chain[0], e);
      throw e;
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities.getAcceptedIssuers();
  }

  private static void checkMember(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    if (names == null || !names.contains(List.<Object>of(DNS, Role.MEMBER_NAME))) {
      throw new CertificateException(
          "the certificate of %s is not of a member of the cluster: it lacks the DNS name %s"
              .formatted(certificate.getSubjectX500Principal(), Role.MEMBER_NAME));
    }
  }
}
