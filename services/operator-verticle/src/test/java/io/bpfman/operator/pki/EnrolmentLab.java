package io.bpfman.operator.pki;

import io.bpfman.operator.adapter.files.KeyringFile;
import io.bpfman.operator.adapter.files.TokenDirectory;
import io.bpfman.operator.adapter.files.TrustFile;
import io.bpfman.operator.adapter.x509.BouncyCastleMaker;
import io.bpfman.operator.pki.core.AuthorityRules;
import io.bpfman.operator.pki.core.CertificateMaker;
import io.bpfman.operator.pki.port.TokenCheck;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.CertificateSet;
import io.bpfman.runtime.pki.Enrolment;
import io.bpfman.runtime.pki.EnrolmentSettings.Given;
import io.bpfman.runtime.pki.EnrolmentSettings.Server;
import io.bpfman.runtime.pki.EnrolmentSettings.Times;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Pem;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** An operator that enrols under a name, which only its Vert.x knows, and nodes. */
final class EnrolmentLab implements AutoCloseable {
  static final String HOST = "bpfman-enrolment.bpfman.svc";
  private static final String ADDRESS = "127.0.0.7";

  final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setAddressResolverOptions(
                  new AddressResolverOptions()
                      .setHostsValue(Buffer.buffer(ADDRESS + " " + HOST + " other.name"))));
  final CertificateMaker maker = new BouncyCastleMaker();
  final Path directory;
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  final AtomicReference<Instant> steady = new AtomicReference<>(Instant.EPOCH);
  final TokenDirectory tokens;
  final AuthorityKeeper keeper;
  private EnrolmentVerticle server;
  private String deployment;
  private int port;
  private volatile boolean real;

  EnrolmentLab(Path directory, AuthorityRules rules) {
    this.directory = directory;
    this.tokens = new TokenDirectory(directory.resolve("tokens"), now());
    this.keeper = keeper(directory, rules, now());
  }

  /** Stands still unless it is moved or {@link #real}. */
  private InstantSource now() {
    return () -> real ? Instant.now() : now.get();
  }

  /** From now on the operator's clock goes as all do. */
  EnrolmentLab real() {
    real = true;
    return this;
  }

  AuthorityKeeper keeper(Path place, AuthorityRules rules, InstantSource clock) {
    return new AuthorityKeeper(
        rules,
        new CertificatePorts(
            new KeyringFile(place.resolve("ca.pem")),
            new TrustFile(place.resolve("ca.crt")),
            maker,
            clock));
  }

  /** On a free port of an address of its own, with the name. */
  EnrolmentLab serve() throws Exception {
    return serve(tokens);
  }

  EnrolmentLab serve(TokenCheck check) throws Exception {
    keeper.lead();
    server =
        new EnrolmentVerticle(
            new EnrolmentSettings(
                new BindAddress(ADDRESS, 0),
                own(Role.EDGE),
                keeper,
                check,
                new EnrolmentSettings.Times(
                    Duration.ofMillis(200), 20, Duration.ofSeconds(3), steady::get)));
    deployment = result(vertx.deployVerticle(server));
    port = server.port();
    return this;
  }

  void stopServing() throws Exception {
    result(vertx.undeploy(deployment));
  }

  OwnCertificate own(Role role) {
    return new OwnCertificate(
        keeper,
        new OwnCertificate.Ports(maker, now()),
        new PeerIdentity(role, "operator-0"),
        List.of(HOST));
  }

  int port() {
    return port;
  }

  String token(String node) {
    return tokens.issue(new PeerIdentity(Role.NODE, node), Duration.ofHours(1));
  }

  /** A certificate made without the server. */
  CertificateSet certificate(AuthorityKeeper by, PeerIdentity identity) {
    KeyPair pair = maker.newPair();
    return new CertificateSet(
        List.of(by.issue(identity, pair.getPublic(), List.of())),
        pair.getPrivate(),
        by.authorities().certificates());
  }

  HttpClientOptions options() {
    return new HttpClientOptions()
        .setSsl(true)
        .setTrustOptions(
            new PemTrustOptions()
                .addCertValue(Buffer.buffer(Pem.write(keeper.authorities().certificates()))));
  }

  HttpClientOptions options(CertificateSet shown) {
    return new HttpClientOptions()
        .setSsl(true)
        .setTrustOptions(
            new PemTrustOptions().addCertValue(Buffer.buffer(Pem.write(shown.authorities()))))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(Pem.write(shown.chain())))
                .addKeyValue(Buffer.buffer(Pem.write(shown.key()))));
  }

  /** Status and text. */
  record Reply(int status, String text) {}

  Reply post(HttpClientOptions options, Map<String, String> headers, Buffer body) throws Exception {
    HttpClient client = vertx.createHttpClient(options);
    try {
      return result(
          client
              .request(HttpMethod.POST, port(), HOST, "/v1/enrol")
              .compose(
                  request -> {
                    headers.forEach(request::putHeader);
                    return request.send(body);
                  })
              .compose(
                  response ->
                      response.body().map(b -> new Reply(response.statusCode(), b.toString()))));
    } finally {
      result(client.close());
    }
  }

  CertificateFiles files(String node) {
    return new CertificateFiles(directory.resolve(node + "-pki"));
  }

  /** A node's own part; its first certificate is asked for when this returns. */
  Enrolment node(String name, Given given, Consumer<CertificateSet> listener) throws Exception {
    Enrolment enrolment =
        new Enrolment(
            new io.bpfman.runtime.pki.EnrolmentSettings(
                name,
                new Server(HOST, port()),
                given,
                files(name),
                new Times(
                    Duration.ofMillis(100),
                    Duration.ofMillis(50),
                    Duration.ofMillis(200),
                    InstantSource.system())),
            listener);
    result(vertx.deployVerticle(enrolment));
    return enrolment;
  }

  static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    result(vertx.close());
  }
}
