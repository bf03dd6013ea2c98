package io.bpfman.contract.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.contract.Await;
import io.bpfman.contract.FakeLoader;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.DescribeRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A loader on one bus, its callers on another, and a relay between the two. */
class BusRelayTest {
  private static final String FAR = BusAddresses.loader("n1");

  private final Vertx near = Vertx.vertx();
  private final Vertx far = Vertx.vertx();
  private final FakeLoader loader = new FakeLoader();
  private final BusLoader caller = new BusLoader(far, FAR, "console");
  private MessageConsumer<Buffer> relay;

  @BeforeEach
  void connect() {
    Await.result(LoaderConsumer.register(near, BusAddresses.OWN_LOADER, loader));
    relay =
        Await.result(
            BusRelay.receive(
                far,
                FAR,
                BusRelay.readingOnly(call -> BusRelay.send(near, BusAddresses.OWN_LOADER, call))));
  }

  @AfterEach
  void close() {
    Await.result(Future.join(near.close(), far.close()));
  }

  @Test
  void aReadingCallAndItsAnswerPass() {
    assertEquals("test", Await.result(caller.describe(describe())).getVersion());
    assertEquals(List.of("Describe"), loader.calls);
  }

  @Test
  void aFailureArrivesAsTheOtherSideWroteIt() {
    loader.failure.set(FailureCode.PROGRAM_NOT_FOUND.because("program 7 does not exist", "list"));

    BpfmanException thrown = Await.failure(caller.get(GetRequest.getDefaultInstance()));

    assertEquals(FailureCode.PROGRAM_NOT_FOUND, thrown.code());
    assertEquals("program 7 does not exist", thrown.failure().message());
  }

  @Test
  void whatChangesOrVerifiesAnythingIsRefusedBeforeTheLoaderSeesIt() {
    BpfmanException load = Await.failure(caller.load(LoadRequest.getDefaultInstance()));
    BpfmanException check = Await.failure(caller.check(CheckRequest.getDefaultInstance()));

    assertEquals(FailureCode.PERMISSION_DENIED, load.code());
    assertTrue(load.failure().message().contains("\"Load\" of console"), load.getMessage());
    assertEquals(FailureCode.PERMISSION_DENIED, check.code());
    assertEquals(List.of(), loader.calls);
  }

  @Test
  void aCallToNobodyIsAnsweredAtOnce() {
    RelayedCall call =
        new RelayedCall("op", Duration.ofSeconds(5), "test", "List", Buffer.buffer());

    assertTrue(Await.result(BusRelay.send(near, "nobody", call)).failed());
  }

  @Test
  void withTheRelayGoneTheCallerIsToldAtOnce() {
    Await.result(relay.unregister());

    BpfmanException thrown = Await.failure(caller.list(ListRequest.getDefaultInstance()));

    assertEquals(FailureCode.UNAVAILABLE, thrown.code());
  }

  @Test
  void theOtherSideIsToldHowLongTheCallerStillWaits() {
    CompletableFuture<RelayedCall> seen = new CompletableFuture<>();
    Await.result(
        BusRelay.receive(
            far,
            "watched",
            call -> {
              seen.complete(call);
              return Future.succeededFuture(new RelayedReply(false, Buffer.buffer()));
            }));

    Await.result(new BusLoader(far, "watched", "console").list(ListRequest.getDefaultInstance()));

    Duration left = seen.join().timeout();
    assertTrue(left.toMillis() > 0 && left.toMillis() <= 5_000, left.toString());
    assertEquals("console", seen.join().sender());
  }

  private static DescribeRequest describe() {
    return DescribeRequest.getDefaultInstance();
  }
}
