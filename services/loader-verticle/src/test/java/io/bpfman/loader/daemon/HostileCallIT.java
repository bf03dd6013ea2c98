package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are no calls end at once, with a status that says why. */
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCallIT {
  private static final String GET = "bpfman.v1.Bpfman/Get";
  private static final byte[] NO_MESSAGE = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
  private static final byte[] UNKNOWN_ID = {8, 127};

  private DaemonFixture fixture;

  @BeforeAll
  void startDaemon(@TempDir Path directory) throws Exception {
    fixture = new DaemonFixture(directory);
  }

  @AfterAll
  void stopDaemon() throws Exception {
    fixture.close();
  }

  @Test
  void bytesThatAreNoMessageAreAnInvalidArgument() throws Exception {
    ended(
        call(CallOptions.DEFAULT, NO_MESSAGE), Status.Code.INVALID_ARGUMENT, "no message for Get");
  }

  @Test
  void callWithoutMessageIsAnInvalidArgument() throws Exception {
    ended(call(CallOptions.DEFAULT), Status.Code.INVALID_ARGUMENT, "without a request");
  }

  @Test
  void secondMessageOfACallIsPassedOver() throws Exception {
    ended(call(CallOptions.DEFAULT, UNKNOWN_ID, UNKNOWN_ID), Status.Code.NOT_FOUND, "127");
  }

  @Test
  void compressedRequestIsRefusedBeforeItIsInflated() throws Exception {
    ended(
        call(CallOptions.DEFAULT.withCompression("gzip"), new byte[1 << 20]),
        Status.Code.UNIMPLEMENTED,
        "compressed");
  }

  @Test
  void unknownMethodIsUnimplemented() throws Exception {
    ClientCall<byte[], byte[]> call =
        fixture
            .client()
            .channel()
            .newCall(GrpcJavaClient.raw("bpfman.v1.Bpfman/Nothing"), CallOptions.DEFAULT);
    assertEquals(Status.Code.UNIMPLEMENTED, end(call, UNKNOWN_ID).getCode());
  }

  private static void ended(Status status, Status.Code code, String words) {
    assertEquals(code, status.getCode(), status::toString);
    assertTrue(String.valueOf(status.getDescription()).contains(words), status::toString);
  }

  private Status call(CallOptions options, byte[]... messages) throws Exception {
    return end(fixture.client().channel().newCall(GrpcJavaClient.raw(GET), options), messages);
  }

  private static Status end(ClientCall<byte[], byte[]> call, byte[]... messages) throws Exception {
    CompletableFuture<Status> end = new CompletableFuture<>();
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            end.complete(status);
          }
        },
        new Metadata());
    call.setMessageCompression(true);
    call.request(2);
    for (byte[] message : messages) {
      call.sendMessage(message);
    }
    call.halfClose();
    return end.get(20, TimeUnit.SECONDS);
  }
}
