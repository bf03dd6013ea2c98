package io.bpfman.runtime.cluster.tls;

import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.PemOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.lang.reflect.Field;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS of the connections of Vert.x's event bus. Its options travel as JSON, in which nothing
 * but files and PEM survives; so it starts by trusting nobody, and gets the member's keys and trust
 * once it runs, and again whenever they are new. Connections that are open stay.
 */
public final class BusTls {
  private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

  private final MemberTls tls;
  private final Refusals refusals = new Refusals();
  private final AtomicReference<@Nullable MemberKeys> used = new AtomicReference<>();

  public BusTls(MemberTls tls) {
    this.tls = tls;
  }

  /** TLS that trusts nobody yet. */
  public void closeToAll(EventBusOptions options) {
    CertificateSet set = tls.keys().set();
    options
        .setSsl(true)
        .setClientAuth(ClientAuth.REQUIRED)
        .setEnabledSecureTransportProtocols(PROTOCOLS)
        .setKeyCertOptions(PemOptions.keys(set))
        .setTrustOptions(PemOptions.trust(List.of(set.own())));
  }

  /** Trusts members from now on, with the certificates of now; cheap when they are in use. */
  public Future<?> openToMembers(Vertx vertx) {
    MemberKeys keys = tls.keys();
    if (keys.equals(used.getAndSet(keys))) {
      return Future.succeededFuture();
    }
    return use(vertx.eventBus(), keys);
  }

  private Future<?> use(EventBus bus, MemberKeys keys) {
    ServerSSLOptions server = new ServerSSLOptions().setClientAuth(ClientAuth.REQUIRED);
    ClientSSLOptions client = new ClientSSLOptions().setHostnameVerificationAlgorithm("");
    fill(server, keys);
    fill(client, keys);
    return Future.all(
        part(bus, "server", NetServer.class).updateSSLOptions(server, true),
        part(bus, "client", NetClient.class).updateSSLOptions(client, true));
  }

  private void fill(SSLOptions options, MemberKeys keys) {
    options
        .setKeyCertOptions(KeyCertOptions.wrap(keys.keys()))
        .setTrustOptions(TrustOptions.wrap(keys.trust().telling(this::refused)))
        .setEnabledSecureTransportProtocols(PROTOCOLS);
  }

  private void refused(X509Certificate certificate, CertificateException why) {
    refusals.tell(
        certificate.getSubjectX500Principal().getName(),
        "a connection of the event bus",
        String.valueOf(why.getMessage()));
  }

  /** The bus has no other way to its server and client. */
  private static <T> T part(EventBus bus, String name, Class<T> type) {
    try {
      Field field = bus.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return type.cast(field.get(bus));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "the event bus of this version of Vert.x has no field \"%s\"".formatted(name), e);
    }
  }
}
