package io.bpfman.node.adapter.edge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.OperatorConsumer;
import io.bpfman.operator.edge.EdgeVerticle;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.bus.v1.Failure;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.proto.edge.v1.Call;
import io.bpfman.proto.edge.v1.EdgeGrpcClient;
import io.bpfman.proto.edge.v1.FromNode;
import io.bpfman.proto.edge.v1.Hello;
import io.bpfman.proto.edge.v1.Reply;
import io.bpfman.proto.edge.v1.ToNode;
import io.bpfman.runtime.http.BindAddress;
import io.bpfman.runtime.names.PeerName;
import io.bpfman.runtime.pki.CertificateFiles;
import io.bpfman.runtime.pki.PeerIdentity;
import io.bpfman.runtime.pki.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who has taken over a node with its keys, and somebody who has other keys or none. */
@Tag("cluster")
@Timeout(120)
class HostileNodeIT {
  private static final Duration LIFE = Duration.ofHours(1);
  private static final String NODE = "taken";
  private static final String VICTIM = "victim";

  private @TempDir Path directory;

  private final Vertx operators = Vertx.vertx();
  private final Vertx hostile = Vertx.vertx();
  private final TestAuthority authority = new TestAuthority();
  private final List<NodeReport> reports = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private EdgeVerticle edge;

  @BeforeEach
  void startOperators() {
    CertificateFiles files =
        authority.files(directory.resolve("operator"), new PeerIdentity(Role.EDGE, "op"), LIFE);
    edge =
        new EdgeVerticle(new BindAddress("127.0.0.1", 0), () -> files.read().orElseThrow(), "op");
    done(operators.deployVerticle(edge));
    done(
        OperatorConsumer.register(
            operators,
            report -> {
              reports.add(report);
              return Future.succeededFuture(NodeReportReply.getDefaultInstance());
            }));
    EventPublisher.subscribe(operators, events::add);
  }

  @AfterEach
  void stopEverything() {
    done(Future.join(hostile.close(), operators.close()));
  }

  /** A stream and everything that came on it. */
  private final class Stream {
    final List<ToNode> heard = new CopyOnWriteArrayList<>();
    final CompletableFuture<String> end = new CompletableFuture<>();
    final GrpcClientRequest<FromNode, ToNode> request;

    Stream(CertificateFiles files) {
      request = done(open(files));
      request.exceptionHandler(thrown -> end.complete("broken"));
      request.response().onSuccess(this::follow).onFailure(thrown -> end.complete("broken"));
      write(FromNode.newBuilder().setHello(Hello.newBuilder().setVersion(1)));
    }

    private void follow(GrpcClientResponse<FromNode, ToNode> response) {
      response.handler(heard::add);
      response.exceptionHandler(thrown -> end.complete("broken"));
      response.endHandler(over -> end.complete(response.status().name()));
    }

    Stream welcomed() {
      await().atMost(20, SECONDS).until(() -> heard.stream().anyMatch(ToNode::hasWelcome));
      return this;
    }

    void write(FromNode.Builder message) {
      request.write(message.build()).onFailure(thrown -> end.complete("broken"));
    }

    Reply reply(long id) {
      await().atMost(20, SECONDS).until(() -> replies(id).size() == 1);
      return replies(id).getFirst();
    }

    private List<Reply> replies(long id) {
      return heard.stream()
          .filter(ToNode::hasReply)
          .map(ToNode::getReply)
          .filter(reply -> reply.getId() == id)
          .toList();
    }
  }

  private Future<GrpcClientRequest<FromNode, ToNode>> open(CertificateFiles files) {
    GrpcClient client = EdgeClient.create(hostile, files.read().orElseThrow());
    List<SocketAddress> found =
        Operators.find(List.of(new PeerName("127.0.0.1", edge.port())), new Random(1));
    return client.request(found.getFirst(), EdgeGrpcClient.Connect);
  }

  private CertificateFiles node(String name) {
    return authority.files(directory.resolve(name), new PeerIdentity(Role.NODE, name), LIFE);
  }

  private static FromNode.Builder report(long id, String action, String node) {
    NodeReport said = NodeReport.newBuilder().setNode(node).setDesiredEpoch(1L << 60).build();
    return FromNode.newBuilder()
        .setReport(
            Call.newBuilder()
                .setId(id)
                .setOperation("op")
                .setTimeoutMs(5_000)
                .setSender("agent/" + node)
                .setAction(action)
                .setPayload(said.toByteString()));
  }

  @Test
  void aNodeSpeaksForItselfOnly() throws Exception {
    Stream stream = new Stream(node(NODE)).welcomed();

    stream.write(report(1, "NodeReport", VICTIM));
    stream.write(report(2, "ApplyDesiredState", NODE));
    stream.write(report(3, "NodeReport", NODE));
    stream.write(
        FromNode.newBuilder().setEvent(Event.newBuilder().setNode(VICTIM).setMessage("lie")));

    assertTrue(Failure.parseFrom(stream.reply(1).getPayload()).getMessage().contains(NODE));
    assertTrue(stream.reply(2).getFailed());
    assertEquals(false, stream.reply(3).getFailed());
    await().atMost(20, SECONDS).until(() -> !events.isEmpty());
    assertEquals(NODE, events.getFirst().getNode());
    assertEquals(List.of(NODE), reports.stream().map(NodeReport::getNode).toList());
  }

  @Test
  void answersToNothingAndGarbageChangeNothing() {
    Stream stream = new Stream(node(NODE)).welcomed();

    stream.write(FromNode.newBuilder().setReply(Reply.newBuilder().setId(77).setFailed(true)));
    stream.write(FromNode.newBuilder());
    stream.write(
        FromNode.newBuilder()
            .setReport(
                Call.newBuilder()
                    .setId(4)
                    .setAction("NodeReport")
                    .setPayload(ByteString.copyFromUtf8("\u0007\u0007"))));
    stream.write(report(5, "NodeReport", NODE));

    assertTrue(stream.reply(4).getFailed());
    assertEquals(false, stream.reply(5).getFailed());
  }

  @Test
  void whoSendsTooMuchIsCutOffAndOthersAreNot() {
    Stream other = new Stream(node(VICTIM)).welcomed();
    Stream stream = new Stream(node(NODE)).welcomed();

    for (int i = 0; i < 5_000; i++) {
      stream.write(FromNode.newBuilder().setEvent(Event.newBuilder().setMessage("flood " + i)));
    }

    assertEquals("RESOURCE_EXHAUSTED", stream.end.orTimeout(30, SECONDS).join());
    other.write(report(1, "NodeReport", VICTIM));
    assertEquals(false, other.reply(1).getFailed());
  }

  @Test
  void aMessageBeyondTheLimitEndsTheStreamAndNothingElse() {
    Stream other = new Stream(node(VICTIM)).welcomed();
    Stream stream = new Stream(node(NODE)).welcomed();

    stream.write(
        FromNode.newBuilder()
            .setReply(Reply.newBuilder().setPayload(ByteString.copyFrom(new byte[21 << 20]))));

    stream.end.orTimeout(30, SECONDS).join();
    other.write(report(1, "NodeReport", VICTIM));
    assertEquals(false, other.reply(1).getFailed());
  }

  @Test
  void theNewerOfTwoProcessesOfOneNodeIsTaken() {
    Stream first = new Stream(node(NODE)).welcomed();
    Stream second = new Stream(node(NODE)).welcomed();

    assertEquals("ABORTED", first.end.orTimeout(20, SECONDS).join());
    second.write(report(1, "NodeReport", NODE));
    assertEquals(false, second.reply(1).getFailed());
  }

  @Test
  void anEndedStreamLeavesNoAddressOnTheBus() {
    Stream stream = new Stream(node(NODE)).welcomed();
    stream.request.cancel();

    await()
        .atMost(20, SECONDS)
        .until(
            () ->
                operators
                    .eventBus()
                    .request(BusAddresses.agent(NODE), "x")
                    .map("")
                    .otherwise(Throwable::getMessage)
                    .await(10, SECONDS)
                    .contains("No handlers"));
  }

  @Test
  void certificatesOfOtherRolesAndOfNobodyAreRefused() {
    CertificateFiles member =
        authority.files(directory.resolve("m"), new PeerIdentity(Role.MEMBER, "m"), LIFE);
    CertificateFiles nobody =
        authority.write(
            directory.resolve("no"), URI.create("spiffe://other/x"), List.of("x"), LIFE);

    assertEquals("PERMISSION_DENIED", new Stream(member).end.orTimeout(20, SECONDS).join());
    assertEquals("PERMISSION_DENIED", new Stream(nobody).end.orTimeout(20, SECONDS).join());
  }

  @Test
  void foreignAuthoritiesAndExpiredCertificatesDoNotGetAStream() {
    CertificateFiles foreign =
        new TestAuthority()
            .files(directory.resolve("foreign"), new PeerIdentity(Role.NODE, NODE), LIFE);
    CertificateFiles expired =
        authority.files(
            directory.resolve("old"), new PeerIdentity(Role.NODE, NODE), Duration.ofMillis(1));

    assertThrows(Exception.class, () -> done(open(foreign)));
    Stream late = streamOrNull(expired);
    assertTrue(late == null || !late.end.orTimeout(20, SECONDS).join().equals("OK"));
  }

  /** TLS 1.3 tells a client of a refusal after its handshake, so the stream may open. */
  private Stream streamOrNull(CertificateFiles files) {
    try {
      return new Stream(files);
    } catch (RuntimeException _) {
      return null;
    }
  }

  @Test
  void theStreamEndsWithItsCertificate() {
    CertificateFiles brief =
        authority.files(
            directory.resolve("brief"), new PeerIdentity(Role.NODE, NODE), Duration.ofSeconds(3));

    assertEquals(
        GrpcStatus.UNAUTHENTICATED.name(), new Stream(brief).end.orTimeout(30, SECONDS).join());
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(15, SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 15 s", late);
    }
  }
}
