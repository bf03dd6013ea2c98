package io.bpfman.node.adapter.edge;

import io.bpfman.model.Backoff;
import io.bpfman.model.FailureCode;
import io.bpfman.node.port.NodeBus;
import io.bpfman.node.port.Uplink;
import io.bpfman.proto.edge.v1.EdgeGrpcClient;
import io.bpfman.runtime.names.NameCache;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one stream to any of the operators, who speaks for this node on their bus. What the
 * operators learn about this node is in its certificate; it listens on no port and sees nothing of
 * other nodes.
 */
public final class EdgeUplink implements Uplink {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeUplink.class);
  private static final Backoff AGAIN = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(3));

  private final Vertx vertx;
  private final NodeBus bus;
  private final EdgeSettings settings;
  private final CertificateFiles certificates;
  private final Context context;
  private @Nullable EdgeSession session;
  private String told = "";
  private int failures;
  private boolean closed;

  /**
   * @param vertx of the node's process
   */
  public EdgeUplink(Vertx vertx, NodeBus bus, EdgeSettings settings) {
    this.vertx = vertx;
    this.bus = bus;
    this.settings = settings;
    this.certificates = new CertificateFiles(settings.certificates());
    this.context = vertx.getOrCreateContext();
    NameCache.shorten();
  }

  @Override
  public void start() {
    context.runOnContext(_ -> connect());
  }

  @Override
  public void close(Duration limit) {
    Future<Void> over =
        Future.future(
            promise ->
                context.runOnContext(
                    _ -> {
                      closed = true;
                      if (session != null) {
                        session.end("this process stops");
                      }
                      promise.complete();
                    }));
    try {
      over.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      LOG.warn("the connection to the operator did not end within {} ms", limit.toMillis(), e);
    }
  }

  private void connect() {
    if (closed) {
      return;
    }
    vertx
        .executeBlocking(this::prepare, false)
        .compose(this::connectAny)
        .onSuccess(this::lost)
        .onFailure(thrown -> lost(String.valueOf(thrown.getMessage())));
  }

  private record Prepared(CertificateSet certificates, List<SocketAddress> operators) {}

  private Prepared prepare() {
    CertificateSet set =
        certificates
            .read()
            .orElseThrow(
                () ->
                    FailureCode.UNAVAILABLE.because(
                        "there is no certificate in %s yet".formatted(certificates.directory()),
                        "the node gets one when it has enrolled"));
    return new Prepared(set, Operators.find(settings.operators(), ThreadLocalRandom.current()));
  }

  /** Why the connection is over; fails when no operator takes it. */
  private Future<String> connectAny(Prepared prepared) {
    GrpcClient client = EdgeClient.create(vertx, prepared.certificates());
    return next(client, prepared.operators().iterator()).eventually(client::close);
  }

  private Future<String> next(GrpcClient client, Iterator<SocketAddress> operators) {
    SocketAddress address = operators.next();
    Future<String> run =
        client
            .request(address, EdgeGrpcClient.Connect)
            .map(stream -> new EdgeSession(vertx, bus, stream, name -> welcomed(name, address)))
            .compose(this::follow);
    return operators.hasNext() ? run.recover(_ -> next(client, operators)) : run;
  }

  private Future<String> follow(EdgeSession begun) {
    session = begun;
    Future<String> over = begun.run();
    if (closed) {
      begun.end("this process stops");
    }
    return over;
  }

  private void welcomed(String operator, SocketAddress address) {
    failures = 0;
    told = "";
    LOG.info("connected to operator {} at {}:{}", operator, address.hostAddress(), address.port());
  }

  private void lost(String why) {
    session = null;
    if (closed) {
      return;
    }
    if (!told.equals(why)) {
      told = why;
      LOG.warn("no operator is connected; this node goes on with what it has: {}", why);
    }
    failures++;
    Duration delay = AGAIN.delay(failures, ThreadLocalRandom.current());
    vertx.setTimer(Math.max(1, delay.toMillis()), _ -> connect());
  }
}
