package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.util.concurrent.ListenableFuture;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.testkit.BpfCompiler;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls whose callers give up while the daemon cannot run: nothing is done for them later. */
@Tag("kernel")
class GivenUpCallsIT {
  private static final int CALLS = 5;
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final String PASS =
      """
      #include <linux/bpf.h>
      #include <bpf/bpf_helpers.h>
      SEC("xdp") int pass(struct xdp_md *ctx) { return XDP_PASS; }
      char _license[] SEC("license") = "GPL";
      """;

  @TempDir Path directory;
  private DaemonProcess daemon;
  private LoadRequest request;

  @BeforeEach
  void start() throws Exception {
    daemon = new DaemonProcess(directory).start();
    Path object = BpfCompiler.compile(directory, "pass", PASS);
    request = GrpcJavaClient.request(object, "pass", BpfmanProgramType.XDP).build();
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
  }

  @Test
  void loadsWhoseDeadlinePassesWhileTheDaemonIsStoppedAreNotCarriedOut() throws Exception {
    try (GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      client.list(ListRequest.getDefaultInstance());
      daemon.pause();
      for (ListenableFuture<LoadResponse> load : begin(client)) {
        assertEquals(Status.Code.DEADLINE_EXCEEDED, failure(load));
      }
      daemon.resume();
      nothingIsLoaded();
    }
  }

  @Test
  void loadsOnAConnectionMadeToAStoppedDaemonAreNotCarriedOut() throws Exception {
    daemon.pause();
    try (GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      for (ListenableFuture<LoadResponse> load : begin(client)) {
        assertEquals(Status.Code.DEADLINE_EXCEEDED, failure(load));
      }
      daemon.resume();
      nothingIsLoaded();
    }
  }

  /** As a client that is killed: its requests lie in the socket, and behind them its end. */
  @Test
  void loadsOfAClientThatDiesWhileTheDaemonIsStoppedAreNotCarriedOut() throws Exception {
    try (SocketChannel before = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()))) {
      before.write(ByteBuffer.wrap(new Http2Bytes().preface().bytes()));
      Awaitility.await("the daemon has answered")
          .until(() -> before.read(ByteBuffer.allocate(4096)) > 0);
      daemon.pause();
      before.write(ByteBuffer.wrap(requests(new Http2Bytes())));
    }
    try (SocketChannel late = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()))) {
      late.write(ByteBuffer.wrap(requests(new Http2Bytes().preface())));
    }
    daemon.resume();
    nothingIsLoaded();
  }

  private byte[] requests(Http2Bytes bytes) {
    for (int call = 0; call < CALLS; call++) {
      bytes.request(2 * call + 1, "/bpfman.v1.Bpfman/Load", request.toByteArray());
    }
    return bytes.bytes();
  }

  private List<ListenableFuture<LoadResponse>> begin(GrpcJavaClient client) {
    List<ListenableFuture<LoadResponse>> loads = new ArrayList<>();
    for (int call = 0; call < CALLS; call++) {
      loads.add(client.beginLoad(request, DEADLINE));
    }
    return loads;
  }

  private static Status.Code failure(ListenableFuture<LoadResponse> load) {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> load.get(20, TimeUnit.SECONDS));
    return assertInstanceOf(StatusRuntimeException.class, failed.getCause()).getStatus().getCode();
  }

  /** Now, and when everything that lay in the socket has been worked at. */
  private void nothingIsLoaded() throws Exception {
    ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
    try (GrpcJavaClient other = new GrpcJavaClient(daemon.socket())) {
      Awaitility.await("nothing is loaded")
          .during(1, TimeUnit.SECONDS)
          .atMost(20, TimeUnit.SECONDS)
          .untilAsserted(() -> assertEquals(0, other.list(ours).getResultsCount(), daemon.log()));
      assertEquals(1, other.load(request).getProgramsCount());
    }
  }
}
