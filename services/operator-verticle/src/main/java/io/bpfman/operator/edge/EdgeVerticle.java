package io.bpfman.operator.edge;

import io.bpfman.contract.edge.EdgeMessages;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.edge.v1.EdgeGrpcService;
import io.bpfman.proto.edge.v1.FromNode;
import io.bpfman.proto.edge.v1.ToNode;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.PemOptions;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the connections of nodes and speaks for each on the bus, under the name in its certificate.
 * Every operator does it, whoever leads.
 */
public final class EdgeVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeVerticle.class);

  /** Nodes ping every 4 s. */
  private static final int IDLE_SECONDS = 20;

  private static final long REFRESH_MS = 10_000;
  private static final int WINDOW_BYTES = 1 << 20;

  /** A node has one; a second takes the place of the first. */
  private static final int STREAMS = 2;

  private final BindAddress address;
  private final Supplier<CertificateSet> certificates;
  private final String operator;
  private final Map<String, NodeStream> nodes = new HashMap<>();

  /** By the names that the own authority gave to nodes. */
  private final Map<String, NodeLimits> limits = new HashMap<>();

  private volatile @Nullable HttpServer server;
  private @Nullable CertificateSet shown;
  private String told = "";

  /**
   * @param certificates asked every 10 s for the one to show and the authorities of nodes; may
   *     block
   * @param operator own name, for nodes' logs
   */
  public EdgeVerticle(BindAddress address, Supplier<CertificateSet> certificates, String operator) {
    this.address = address;
    this.certificates = certificates;
    this.operator = operator;
  }

  /** Fails when there is no certificate, and when the address is taken. */
  @Override
  public Future<?> start() {
    vertx.setPeriodic(REFRESH_MS, _ -> refresh().onFailure(this::refused));
    return refresh();
  }

  @Override
  public Future<?> stop() {
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.close();
  }

  /** The port that it listens on; 0 before it is deployed. */
  public int port() {
    HttpServer listening = server;
    return listening == null ? 0 : listening.actualPort();
  }

  private Future<?> refresh() {
    return vertx
        .executeBlocking(certificates::get, false)
        .compose(set -> set.equals(shown) ? Future.succeededFuture() : show(set));
  }

  private Future<?> show(CertificateSet set) {
    HttpServer listening = server;
    Future<?> taken = listening == null ? listen(set) : listening.updateSSLOptions(tls(set));
    return taken.onSuccess(_ -> shown = set);
  }

  private void refused(Throwable thrown) {
    if (!told.equals(thrown.getMessage())) {
      told = String.valueOf(thrown.getMessage());
      LOG.warn("the edge goes on with the certificate that it has", thrown);
    }
  }

  private Future<?> listen(CertificateSet set) {
    GrpcServer grpc =
        GrpcServer.server(
            vertx, new GrpcServerOptions().setMaxMessageSize(EdgeMessages.MAX_MESSAGE_BYTES));
    grpc.callHandler(EdgeGrpcService.Connect, this::connect);
    HttpServer created = vertx.createHttpServer(options(set)).requestHandler(grpc);
    return created
        .listen()
        .onSuccess(
            _ -> {
              server = created;
              LOG.info("nodes connect to {}:{}", address.host(), created.actualPort());
            });
  }

  private HttpServerOptions options(CertificateSet set) {
    ServerSSLOptions tls = tls(set);
    return new HttpServerOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setSsl(true)
        .setUseAlpn(true)
        .setClientAuth(tls.getClientAuth())
        .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols())
        .setKeyCertOptions(tls.getKeyCertOptions())
        .setTrustOptions(tls.getTrustOptions())
        .setIdleTimeout(IDLE_SECONDS)
        .setHttp2ConnectionWindowSize(WINDOW_BYTES)
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(STREAMS)
                .setInitialWindowSize(WINDOW_BYTES));
  }

  private static ServerSSLOptions tls(CertificateSet set) {
    return new ServerSSLOptions()
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
        .setKeyCertOptions(PemOptions.keys(set))
        .setTrustOptions(PemOptions.trust(set.authorities()));
  }

  private void connect(GrpcServerRequest<FromNode, ToNode> request) {
    X509Certificate certificate;
    String node;
    try {
      certificate = certificate(request);
      node = nodeOf(certificate);
    } catch (BpfmanException e) {
      LOG.warn("refused a connection from {}", request.connection().remoteAddress(), e);
      request
          .response()
          .status(GrpcStatus.PERMISSION_DENIED)
          .statusMessage(e.failure().message())
          .end();
      return;
    }
    begin(node, certificate, request);
  }

  private void begin(
      String node, X509Certificate certificate, GrpcServerRequest<FromNode, ToNode> request) {
    NodeStream stream =
        new NodeStream(vertx, node, limits.computeIfAbsent(node, _ -> new NodeLimits()), request);
    NodeStream before = nodes.put(node, stream);
    if (before != null) {
      LOG.warn("node {} connected twice; the newer connection is taken", node);
      before.end(GrpcStatus.ABORTED, "another process connected in this node's name");
    }
    long left = Duration.between(Instant.now(), certificate.getNotAfter().toInstant()).toMillis();
    long timer =
        vertx.setTimer(
            Math.max(1, left),
            _ -> stream.end(GrpcStatus.UNAUTHENTICATED, "the node's certificate ran out"));
    LOG.info("node {} is connected from {}", node, request.connection().remoteAddress());
    stream
        .run(operator)
        .onComplete(
            _ -> {
              vertx.cancelTimer(timer);
              if (nodes.remove(node, stream)) {
                LOG.info("node {} is not connected any more", node);
              }
            });
  }

  private static X509Certificate certificate(GrpcServerRequest<FromNode, ToNode> request) {
    try {
      return (X509Certificate) request.connection().sslSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException e) {
      throw FailureCode.PERMISSION_DENIED.because(
          "the connection has no certificate", "enrol the node first", e);
    }
  }

  private static String nodeOf(X509Certificate certificate) {
    PeerIdentity peer = PeerIdentity.of(certificate);
    if (peer.role() != Role.NODE) {
      throw FailureCode.PERMISSION_DENIED.because(
          "the certificate is of %s, not of a node".formatted(peer.uri()),
          "connect with the certificate that the node enrolled for");
    }
    return peer.name();
  }
}
