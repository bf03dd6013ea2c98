package io.bpfman.contract.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bpfman.contract.Await;
import io.bpfman.contract.FakeLoader;
import io.bpfman.contract.NodeKey;
import io.bpfman.contract.wire.Failures;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.AttachResponse;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.PullBytecodeRequest;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.DeleteMapEntryRequest;
import io.bpfman.proto.x.v1.DescribeRequest;
import io.bpfman.proto.x.v1.DoctorRequest;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.ListDispatchersRequest;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.proto.x.v1.ListMapsRequest;
import io.bpfman.proto.x.v1.ListProgramsRequest;
import io.bpfman.proto.x.v1.LookupMapRequest;
import io.bpfman.proto.x.v1.ProbeRequest;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.proto.x.v1.StatsRequest;
import io.bpfman.proto.x.v1.UpdateMapRequest;
import io.bpfman.proto.x.v1.VerifierLogRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoaderBusTest {
  private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final FakeLoader fake = new FakeLoader();
  private NodeKey key;

  @BeforeEach
  void register(@TempDir Path fresh) {
    directory = fresh;
    key = NodeKey.loadOrCreate(directory.resolve("node.key"));
    Await.result(LoaderConsumer.register(vertx, "n1", fake, key));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void everyCallReachesTheLoaderAndItsAnswerComesBack() {
    BusLoader loader = new BusLoader(vertx, "n1", key);
    Await.result(loader.load(LoadRequest.getDefaultInstance()));
    Await.result(loader.unload(UnloadRequest.getDefaultInstance()));
    assertEquals(
        8, Await.result(loader.attach(AttachRequest.newBuilder().setId(7).build())).getLinkId());
    Await.result(loader.detach(DetachRequest.getDefaultInstance()));
    Await.result(loader.list(ListRequest.getDefaultInstance()));
    Await.result(loader.get(GetRequest.getDefaultInstance()));
    Await.result(loader.pullBytecode(PullBytecodeRequest.getDefaultInstance()));
    Await.result(loader.listLinks(ListLinksRequest.getDefaultInstance()));
    assertEquals(5, Await.result(loader.dumpMap(DumpMapRequest.getDefaultInstance())).getMapId());
    assertEquals(
        "log 3",
        Await.result(loader.verifierLog(VerifierLogRequest.newBuilder().setId("3").build()))
            .getLog());
    assertEquals(
        "test", Await.result(loader.describe(DescribeRequest.getDefaultInstance())).getVersion());
    Await.result(loader.listMaps(ListMapsRequest.getDefaultInstance()));
    Await.result(loader.lookupMap(LookupMapRequest.getDefaultInstance()));
    Await.result(loader.updateMap(UpdateMapRequest.getDefaultInstance()));
    Await.result(loader.replace(ReplaceRequest.getDefaultInstance()));
    Await.result(loader.deleteMapEntry(DeleteMapEntryRequest.getDefaultInstance()));
    Await.result(loader.stats(StatsRequest.getDefaultInstance()));
    Await.result(loader.probe(ProbeRequest.getDefaultInstance()));
    Await.result(loader.check(CheckRequest.getDefaultInstance()));
    Await.result(loader.doctor(DoctorRequest.getDefaultInstance()));
    Await.result(loader.listDispatchers(ListDispatchersRequest.getDefaultInstance()));
    Await.result(loader.listPrograms(ListProgramsRequest.getDefaultInstance()));

    assertEquals(
        List.of(
            "Load",
            "Unload",
            "Attach",
            "Detach",
            "List",
            "Get",
            "PullBytecode",
            "ListLinks",
            "DumpMap",
            "VerifierLog",
            "Describe",
            "ListMaps",
            "LookupMap",
            "UpdateMap",
            "Replace",
            "DeleteMapEntry",
            "Stats",
            "Probe",
            "Check",
            "Doctor",
            "ListDispatchers",
            "ListPrograms"),
        fake.calls);
  }

  @ParameterizedTest
  @EnumSource(FailureCode.class)
  void everyFailureArrivesWhole(FailureCode code) {
    Failure failure = new Failure(code, "it broke: \"é\" %", "do this", "line 1\n".repeat(20_000));
    fake.failure.set(new BpfmanException(failure));

    BpfmanException thrown =
        Await.failure(new BusLoader(vertx, "n1", key).load(LoadRequest.getDefaultInstance()));
    assertEquals(failure, thrown.failure());
  }

  @Test
  void anUnexpectedExceptionArrivesAsInternalWithItsText() {
    fake.failure.set(new IllegalStateException("boom"));

    BpfmanException thrown =
        Await.failure(new BusLoader(vertx, "n1", key).get(GetRequest.getDefaultInstance()));
    assertEquals(FailureCode.INTERNAL, thrown.code());
    assertTrue(thrown.failure().describe().contains("boom"), thrown.failure().describe());
  }

  @Test
  void anAbsentNodeIsUnavailableByName() {
    BpfmanException thrown =
        Await.failure(new BusLoader(vertx, "n9", key).list(ListRequest.getDefaultInstance()));

    assertEquals(FailureCode.UNAVAILABLE, thrown.code());
    assertTrue(
        thrown.failure().describe().contains("the loader bridge of node \"n9\" is not on the bus"),
        thrown.failure().describe());
  }

  @Test
  void noAnswerInTimeIsDeadlineExceededByName() {
    vertx.eventBus().consumer(BusAddresses.loader("slow"), _ -> {});
    BusCall<ListRequest, ListResponse> quick =
        new BusCall<>(
            "List", ListRequest.parser(), ListResponse.parser(), false, Duration.ofMillis(100));

    BpfmanException thrown =
        Await.failure(
            new BusRequester(vertx, BusAddresses.loader("slow"), "test", null)
                .send(quick, ListRequest.getDefaultInstance()));
    assertEquals(FailureCode.DEADLINE_EXCEEDED, thrown.code());
    assertTrue(thrown.failure().describe().contains("\"slow\" did not answer within 100 ms"));
  }

  @Test
  void anotherNodesKeyMayReadButNotChange() {
    BusLoader stranger =
        new BusLoader(vertx, "n1", NodeKey.loadOrCreate(directory.resolve("other.key")));

    Await.result(stranger.list(ListRequest.getDefaultInstance()));
    BpfmanException thrown = Await.failure(stranger.load(LoadRequest.getDefaultInstance()));
    assertEquals(FailureCode.PERMISSION_DENIED, thrown.code());
    assertEquals(List.of("List"), fake.calls);
  }

  @Test
  void aProofCoversActionOperationDeadlinePayloadAndNode() {
    byte[] payload = AttachRequest.newBuilder().setId(7).build().toByteArray();
    long deadline = Instant.now().plusSeconds(30).toEpochMilli();
    String address = BusAddresses.loader("n1");
    Envelope good =
        new Envelope("op", deadline, Envelope.VERSION, "agent/n1", "Attach", null)
            .provenBy(key, address, payload);

    refused(new Envelope("op", deadline, 1, "a", "Detach", good.proof()), payload);
    refused(new Envelope("op2", deadline, 1, "a", "Attach", good.proof()), payload);
    refused(new Envelope("op", deadline + 1, 1, "a", "Attach", good.proof()), payload);
    refused(good, AttachRequest.newBuilder().setId(8).build().toByteArray());
    refused(new Envelope("op", deadline, 1, "a", "Attach", null), payload);
    refused(new Envelope("op", deadline, 1, "a", "Attach", "no hex"), payload);
    refused(good.provenBy(key, BusAddresses.loader("n2"), payload), payload);
    assertEquals(List.of(), fake.calls);
  }

  @Test
  void aDoubledOrReplayedMutationRunsOnceAndGetsTheSameAnswer() throws Exception {
    byte[] payload = AttachRequest.newBuilder().setId(7).build().toByteArray();
    Envelope envelope =
        new Envelope(
                "op",
                Instant.now().plusSeconds(30).toEpochMilli(),
                Envelope.VERSION,
                "agent/n1",
                "Attach",
                null)
            .provenBy(key, BusAddresses.loader("n1"), payload);

    for (int i = 0; i < 3; i++) {
      Message<Buffer> reply = Await.result(send(envelope, payload, 5_000));
      assertEquals(8, AttachResponse.parseFrom(reply.body().getBytes()).getLinkId());
    }
    assertEquals(List.of("Attach"), fake.calls);
  }

  @Test
  void aRequestWhoseDeadlinePassedIsDropped() {
    Envelope late =
        new Envelope(
            "op",
            Instant.now().minusSeconds(1).toEpochMilli(),
            Envelope.VERSION,
            "x",
            "List",
            null);

    Future<Message<Buffer>> reply = send(late, new byte[0], 200);
    assertEquals(
        "TIMEOUT",
        Await.result(
            reply.transform(
                answer ->
                    Future.succeededFuture(
                        ((ReplyException) answer.cause()).failureType().name()))));
    assertEquals(List.of(), fake.calls);
  }

  @Test
  void garbageIsAnsweredAndNotRun() throws Exception {
    long deadline = Instant.now().plusSeconds(30).toEpochMilli();
    Envelope unknown = new Envelope("o", deadline, Envelope.VERSION, "x", "Format", null);
    Envelope newer = new Envelope("o", deadline, 99, "x", "List", null);
    Envelope list = new Envelope("o", deadline, Envelope.VERSION, "x", "List", null);

    assertEquals(FailureCode.UNIMPLEMENTED, failure(send(unknown, new byte[0], 5_000)).code());
    assertEquals(FailureCode.INVALID_REQUEST, failure(send(newer, new byte[0], 5_000)).code());
    assertEquals(FailureCode.INVALID_REQUEST, failure(send(list, new byte[] {8}, 5_000)).code());
    Future<Message<Buffer>> bare =
        vertx.eventBus().request(BusAddresses.loader("n1"), Buffer.buffer());
    assertEquals(FailureCode.INVALID_REQUEST, failure(bare).code());
    assertEquals(List.of(), fake.calls);
  }

  private void refused(Envelope envelope, byte[] payload) {
    try {
      Failure failure = failure(send(envelope, payload, 5_000));
      assertEquals(FailureCode.PERMISSION_DENIED, failure.code());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private static Failure failure(Future<Message<Buffer>> reply)
      throws InvalidProtocolBufferException {
    Message<Buffer> message = Await.result(reply);
    assertTrue(BusFailures.isFailure(message));
    return Failures.fromProto(io.bpfman.proto.bus.v1.Failure.parseFrom(message.body().getBytes()));
  }

  private Future<Message<Buffer>> send(Envelope envelope, byte[] payload, long timeoutMillis) {
    DeliveryOptions options =
        new DeliveryOptions()
            .setSendTimeout(timeoutMillis)
            .setHeaders(MultiMap.caseInsensitiveMultiMap());
    envelope.write(options.getHeaders());
    return vertx.eventBus().request(BusAddresses.loader("n1"), Buffer.buffer(payload), options);
  }
}
