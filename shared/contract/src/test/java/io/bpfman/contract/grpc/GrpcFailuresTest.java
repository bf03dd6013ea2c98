package io.bpfman.contract.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.ErrorInfo;
import io.bpfman.contract.Await;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.BpfmanGrpcClient;
import io.bpfman.proto.v1.BpfmanGrpcService;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.GetResponse;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.x.v1.DescribeRequest;
import io.bpfman.proto.x.v1.ExtensionGrpcService;
import io.bpfman.proto.x.v1.VerifierLogResponse;
import io.grpc.StatusRuntimeException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.GrpcServer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures over a real Unix socket between Vert.x server and client. */
class GrpcFailuresTest {
  private static final String AWKWARD = "interface \"eth9\" né 100 % + a/b ü 漢; no";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Failure> answer =
      new AtomicReference<>(failure(FailureCode.INTERNAL));
  private final AtomicReference<@Nullable String> logId = new AtomicReference<>();
  private final AtomicReference<@Nullable String> fullLog = new AtomicReference<>();
  private Path socket;
  private GrpcLoader loader;

  @BeforeEach
  void serve(@TempDir Path directory) {
    socket = directory.resolve("s.sock");
    GrpcServer server = GrpcServer.server(vertx);
    server.callHandler(
        BpfmanGrpcService.Load,
        request -> GrpcFailures.write(answer.get(), logId.get(), request.response()));
    server.callHandler(
        BpfmanGrpcService.Get, request -> request.response().end(GetResponse.getDefaultInstance()));
    server.callHandler(
        BpfmanGrpcService.Attach,
        request -> request.response().status(GrpcStatus.NOT_FOUND).statusMessage(AWKWARD).end());
    server.callHandler(
        BpfmanGrpcService.Detach,
        request -> request.response().status(GrpcStatus.NOT_FOUND).statusMessage("link 7").end());
    server.callHandler(BpfmanGrpcService.List, _ -> {});
    server.callHandler(
        ExtensionGrpcService.VerifierLog,
        request -> {
          String log = fullLog.get();
          if (log == null) {
            GrpcFailures.write(failure(FailureCode.INVALID_REQUEST), null, request.response());
          } else {
            request.response().end(VerifierLogResponse.newBuilder().setLog(log).build());
          }
        });
    Await.result(
        vertx
            .createHttpServer(new HttpServerOptions())
            .requestHandler(server)
            .listen(SocketAddress.domainSocketAddress(socket.toString())));
    loader = new GrpcLoader(vertx, socket);
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyFailureComesBackEqual(FailureCode code) {
    answer.set(failure(code));

    assertEquals(answer.get(), load().failure());
  }

  @Test
  void anAnswerComesBack() {
    assertEquals(
        GetResponse.getDefaultInstance(),
        Await.result(loader.get(GetRequest.getDefaultInstance())));
  }

  @Test
  void aVerifierRejectionComesWithTheFullLogWhenTheDaemonHasIt() {
    String log = "0: R1=ctx() R10=fp0\n".repeat(10_000);
    answer.set(failure(FailureCode.VERIFIER_REJECTED).withLog(log));
    logId.set("17");
    fullLog.set(log);

    assertEquals(log, load().failure().log());
  }

  @Test
  void withoutTheFullLogItsEndStays() {
    answer.set(failure(FailureCode.VERIFIER_REJECTED).withLog("x".repeat(9_000) + "the reason"));
    logId.set("17");

    Failure failure = load().failure();
    assertEquals(FailureCode.VERIFIER_REJECTED, failure.code());
    assertEquals(2_500, failure.log().length());
    assertTrue(failure.log().endsWith("the reason"));
    assertEquals(AWKWARD, failure.message());
  }

  @Test
  void theLongestFailureStillFitsTheTrailersOfAnyClient() {
    answer.set(
        new Failure(
            FailureCode.VERIFIER_REJECTED,
            "漢".repeat(5_000),
            "é".repeat(5_000),
            "%".repeat(100_000)));
    logId.set("17");

    Failure failure = load().failure();
    assertEquals(FailureCode.VERIFIER_REJECTED, failure.code());
    assertTrue(failure.message().startsWith("漢漢") && failure.message().endsWith("..."));
    assertEquals(GrpcJavaClient.load(socket).getStatus().getCode().value(), 13);
  }

  @Test
  void aStatusOfAnotherServerGivesCodeAndMessage() {
    BpfmanException thrown = Await.failure(loader.attach(AttachRequest.getDefaultInstance()));

    assertEquals(FailureCode.PROGRAM_NOT_FOUND, thrown.code());
    assertEquals(AWKWARD, thrown.failure().message());
  }

  @Test
  void aCallThatTheServerDoesNotHaveIsUnimplemented() {
    BpfmanException thrown = Await.failure(loader.describe(DescribeRequest.getDefaultInstance()));

    assertEquals(FailureCode.UNIMPLEMENTED, thrown.code());
  }

  @Test
  void noAnswerInTimeIsDeadlineExceeded() {
    GrpcCalls calls = new GrpcCalls(vertx, socket);

    BpfmanException thrown =
        Await.failure(
            calls.call(
                BpfmanGrpcClient.List, ListRequest.getDefaultInstance(), Duration.ofMillis(200)));
    assertEquals(FailureCode.DEADLINE_EXCEEDED, thrown.code(), thrown.failure().describe());
  }

  @Test
  void anAbsentSocketIsUnavailableByNameWithTheWayOut(@TempDir Path other) {
    Path absent = other.resolve("none.sock");

    BpfmanException thrown =
        Await.failure(new GrpcLoader(vertx, absent).get(GetRequest.getDefaultInstance()));
    assertEquals(FailureCode.UNAVAILABLE, thrown.code());
    assertTrue(
        thrown.failure().describe().contains(absent + ": the socket does not exist"),
        thrown.failure().describe());
    assertTrue(thrown.failure().hint().contains("bpfman serve"));
  }

  @Test
  void aSocketFileThatNobodyServesIsUnavailable(@TempDir Path other) throws Exception {
    Path stale = other.resolve("stale.sock");
    try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(stale));
    }
    assertTrue(Files.exists(stale));

    BpfmanException thrown =
        Await.failure(new GrpcLoader(vertx, stale).get(GetRequest.getDefaultInstance()));
    assertEquals(FailureCode.UNAVAILABLE, thrown.code());
    assertTrue(thrown.failure().message().contains("nothing answers there"));
  }

  @Test
  void whatAServerWithoutOurDetailsDoesNotFindOnDetachIsTheLink() {
    BpfmanException thrown = Await.failure(loader.detach(DetachRequest.getDefaultInstance()));

    assertEquals(FailureCode.LINK_NOT_FOUND, thrown.code());
    assertEquals("link 7", thrown.failure().message());
  }

  @Test
  void plainGrpcClientsReadTheSameMessageAndDetails() throws Exception {
    answer.set(failure(FailureCode.INTERFACE_NOT_FOUND));

    StatusRuntimeException thrown = GrpcJavaClient.load(socket);
    assertEquals(io.grpc.Status.Code.INVALID_ARGUMENT, thrown.getStatus().getCode());
    assertEquals(answer.get().describe(), thrown.getStatus().getDescription());
    com.google.rpc.Status details = GrpcJavaClient.details(thrown);
    assertEquals(answer.get(), GrpcFailures.fromStatus(details));
    ErrorInfo info = details.getDetails(0).unpack(ErrorInfo.class);
    assertEquals("InterfaceNotFound", info.getReason());
    assertEquals("bpfman.io", info.getDomain());
  }

  private BpfmanException load() {
    return Await.failure(loader.load(LoadRequest.getDefaultInstance()));
  }

  private static Failure failure(FailureCode code) {
    return new Failure(code, AWKWARD, "do \"this\"; existing: lo", "");
  }
}
