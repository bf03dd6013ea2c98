package io.bpfman.operator.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.webhook.core.Rotation;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.http.BodyLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that begin requests and do not end them, over plain sockets. */
@ExtendWith(VertxExtension.class)
class WebhookFloodTest {
  /** What the listener is not bound to by name. */
  private static final String ADDRESS = "127.0.0.2";

  private static final int MEGABYTE = 1 << 20;

  private final List<Socket> sockets = new ArrayList<>();
  private WebhookVerticle webhook;

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

  @AfterEach
  void closeSockets() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void deploy(Vertx vertx, BodyLimits limits) throws Exception {
    var ring =
        Rotation.of(List.of("localhost"))
            .begin(new BouncyCastleMaker(), InstantSource.system().instant());
    webhook =
        new WebhookVerticle(
            new WebhookSettings(
                new BindAddress("0.0.0.0", 0),
                new FixedCertificate(ring),
                Duration.ofSeconds(10),
                new SimpleMeterRegistry()),
            limits);
    result(vertx.deployVerticle(webhook));
  }

  private static void result(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private Socket connect() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
    Socket socket = context.getSocketFactory().createSocket(ADDRESS, webhook.port());
    socket.setSoTimeout(20_000);
    sockets.add(socket);
    return socket;
  }

  /** The head of a review with a body of {@code length} bytes. */
  private static byte[] head(int length) {
    return ("POST "
            + WebhookSettings.PATH
            + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n")
        .getBytes(US_ASCII);
  }

  /** Begins a request and sends {@code sent} bytes of its body of a megabyte and one. */
  private Socket halfOpen(int sent) throws Exception {
    Socket socket = connect();
    OutputStream out = socket.getOutputStream();
    out.write(head(MEGABYTE + 1));
    out.write(new byte[sent]);
    out.flush();
    return socket;
  }

  /** Status line of the answer; empty when the connection ends without one. */
  private static String status(Socket socket) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int next = socket.getInputStream().read();
      while (next > 0 && next != '\r') {
        line.write(next);
        next = socket.getInputStream().read();
      }
    } catch (IOException reset) {
      return line.toString(US_ASCII);
    }
    return line.toString(US_ASCII);
  }

  private String review() throws Exception {
    Socket socket = connect();
    byte[] body = Reviews.create(Reviews.application());
    socket.getOutputStream().write(head(body.length));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return status(socket);
  }

  @Test
  void fiftyOneHalfOpenRequestsHoldNoMoreThanTheRoomAndKeepNobodyOut(Vertx vertx) throws Exception {
    deploy(vertx, new BodyLimits(2 * MEGABYTE, 4 * MEGABYTE, Duration.ofMinutes(5)));
    List<Socket> halfOpen = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      halfOpen.add(halfOpen(MEGABYTE));
    }
    assertEquals("HTTP/1.1 200 OK", review());
    for (Socket refused : halfOpen.subList(0, 47)) {
      String status = status(refused);
      assertTrue(status.isEmpty() || status.startsWith("HTTP/1.1 503"), status);
    }
  }

  @Test
  void aBodyThatDoesNotArriveInTimeEndsItsConnection(Vertx vertx) throws Exception {
    deploy(vertx, new BodyLimits(2 * MEGABYTE, 4 * MEGABYTE, Duration.ofMillis(200)));
    String status = status(halfOpen(1000));
    assertTrue(status.startsWith("HTTP/1.1 408"), status);
  }

  @Test
  void moreConnectionsThanAllowedEndThoseThatAreSilentLongest(Vertx vertx) throws Exception {
    deploy(vertx, WebhookVerticle.USUAL);
    Socket first = halfOpen(1);
    for (int i = 0; i < 256; i++) {
      ((javax.net.ssl.SSLSocket) connect()).startHandshake();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> status(first).isEmpty());
    assertEquals("HTTP/1.1 200 OK", review());
  }
}
