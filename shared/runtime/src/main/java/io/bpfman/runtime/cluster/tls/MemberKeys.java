package io.bpfman.runtime.cluster.tls;

import io.bpfman.runtime.pki.CertificateSet;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** One state of the certificates of a member, ready for use. */
record MemberKeys(CertificateSet set, KeyManagerFactory keys, MemberTrust trust) {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final String[] CIPHERS = {"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384"};
  private static final char[] NO_PASSWORD = {};

  /**
   * @throws IllegalStateException when this JVM cannot use them
   */
  static MemberKeys of(CertificateSet set) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("own", set.key(), NO_PASSWORD, set.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      return new MemberKeys(set, keys, MemberTrust.of(set.authorities()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("%s cannot be used: %s".formatted(set, e.getMessage()), e);
    }
  }

  /** For one connection; the peer must show a certificate on either side. */
  SSLEngine engine(boolean client) throws SSLException {
    try {
      // A context of its own for each connection: no session is ever resumed past a new authority.
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(client);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setProtocols(PROTOCOLS);
      parameters.setCipherSuites(CIPHERS);
      parameters.setNeedClientAuth(!client);
      engine.setSSLParameters(parameters);
      return engine;
    } catch (GeneralSecurityException e) {
      throw new SSLException("TLS cannot be spoken: " + e.getMessage(), e);
    }
  }
}
