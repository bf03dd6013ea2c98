package io.bpfman.contract.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import io.bpfman.contract.Await;
import io.bpfman.contract.FakeLoader;
import io.bpfman.contract.wire.Failures;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachRequest;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoaderBusTest {
  private static final String ADDRESS = BusAddresses.loader("n1");

  private final Vertx vertx = Vertx.vertx();
  private final FakeLoader fake = new FakeLoader();

  @BeforeEach
  void register() {
    Await.result(LoaderConsumer.register(vertx, ADDRESS, fake));
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void everyCallReachesTheLoaderAndItsAnswerComesBack() {
    BusLoader loader = new BusLoader(vertx, ADDRESS, "test");
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
        Await.failure(new BusLoader(vertx, ADDRESS, "test").load(LoadRequest.getDefaultInstance()));
    assertEquals(failure, thrown.failure());
  }

  @Test
  void anUnexpectedExceptionArrivesAsInternalWithItsText() {
    fake.failure.set(new IllegalStateException("boom"));

    BpfmanException thrown =
        Await.failure(new BusLoader(vertx, ADDRESS, "test").get(GetRequest.getDefaultInstance()));
    assertEquals(FailureCode.INTERNAL, thrown.code());
    assertTrue(thrown.failure().describe().contains("boom"), thrown.failure().describe());
  }

  @Test
  void anAbsentNodeIsUnavailableByName() {
    BpfmanException thrown =
        Await.failure(
            new BusLoader(vertx, BusAddresses.loader("n9"), "test")
                .list(ListRequest.getDefaultInstance()));

    assertEquals(FailureCode.UNAVAILABLE, thrown.code());
    assertTrue(
        thrown.failure().describe().contains("the loader of node \"n9\" is not on the bus"),
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
            new BusRequester(vertx, BusAddresses.loader("slow"), "test")
                .send(quick, ListRequest.getDefaultInstance()));
    assertEquals(FailureCode.DEADLINE_EXCEEDED, thrown.code());
    assertTrue(thrown.failure().describe().contains("\"slow\" did not answer within 100 ms"));
  }

  @Test
  void aRequestWhoseDeadlinePassedIsDropped() {
    Envelope late =
        new Envelope(
            "op", Instant.now().minusSeconds(1).toEpochMilli(), Envelope.VERSION, "x", "List");

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
    Envelope unknown = new Envelope("o", deadline, Envelope.VERSION, "x", "Format");
    Envelope newer = new Envelope("o", deadline, 99, "x", "List");
    Envelope list = new Envelope("o", deadline, Envelope.VERSION, "x", "List");

    assertEquals(FailureCode.UNIMPLEMENTED, failure(send(unknown, new byte[0], 5_000)).code());
    assertEquals(FailureCode.INVALID_REQUEST, failure(send(newer, new byte[0], 5_000)).code());
    assertEquals(FailureCode.INVALID_REQUEST, failure(send(list, new byte[] {8}, 5_000)).code());
    Future<Message<Buffer>> bare = vertx.eventBus().request(ADDRESS, Buffer.buffer());
    assertEquals(FailureCode.INVALID_REQUEST, failure(bare).code());
    assertEquals(List.of(), fake.calls);
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
    return vertx.eventBus().request(ADDRESS, Buffer.buffer(payload), options);
  }
}
