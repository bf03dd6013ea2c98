package io.bpfman.runtime.cluster;

import io.bpfman.runtime.pki.CertificateSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Connects to a port of a member as somebody who trusts everybody. */
final class Stranger {
  private static final char[] NO_PASSWORD = {};
  private static final int READ_MILLIS = 3_000;

  /** First byte of a TLS record that is an alert, RFC 8446, section 5.1. */
  private static final int ALERT = 21;

  private final int port;

  Stranger(int port) {
    this.port = port;
  }

  /**
   * Bytes of answers to plain {@code text} that are no TLS alert. A connection that is left open is
   * an answer of none.
   */
  int answersTo(String text) throws IOException {
    try (Socket socket = connect(InetAddress.getLoopbackAddress())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      int first = firstByte(socket.getInputStream());
      return first < 0 || first == ALERT ? 0 : 1 + socket.getInputStream().available();
    }
  }

  /**
   * Bytes that are let through to somebody who greets as a member does, inside of TLS.
   *
   * @param shown null: no certificate
   */
  int answersWithin(String protocol, @Nullable CertificateSet shown)
      throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(shown), new TrustManager[] {new TrustAll()}, null);
    try (SSLSocket socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setSoTimeout(READ_MILLIS);
      socket.startHandshake();
      socket.getOutputStream().write("HZC".getBytes(StandardCharsets.US_ASCII));
      return Math.max(0, firstByte(socket.getInputStream()) + 1);
    } catch (IOException _) {
      // Refused in the middle of something, as it should be.
      return 0;
    }
  }

  /** A connection from an address of its own, on which nothing is said. */
  Socket connect(InetAddress from) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), READ_MILLIS);
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }

  private static int firstByte(InputStream from) throws IOException {
    try {
      return from.read();
    } catch (SocketTimeoutException | SocketException _) {
      // Reset means that it was closed with bytes of ours unread.
      return -1;
    }
  }

  private static KeyManager @Nullable [] keys(@Nullable CertificateSet set)
      throws GeneralSecurityException, IOException {
    if (set == null) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry("own", set.key(), NO_PASSWORD, set.chain().toArray(X509Certificate[]::new));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
