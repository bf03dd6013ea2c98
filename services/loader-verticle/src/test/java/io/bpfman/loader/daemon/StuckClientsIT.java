package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.DumpMapResponse;
import io.bpfman.proto.x.v1.ExtensionGrpcClient;
import io.bpfman.proto.x.v1.MapEntry;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that hang, flood or do not read: others are served, and all is given back. */
@Tag("kernel")
class StuckClientsIT {
  private static final int CONNECTIONS = 40;
  private static final int STREAMS = 16;
  private static final String BIG_MAP =
      """
      #include <linux/bpf.h>
      #include <bpf/bpf_helpers.h>
      struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 200000); __type(key, __u32);
        __type(value, __u64); } big SEC(".maps");
      SEC("xdp") int touch_big(struct xdp_md *ctx) { __u32 k = 0; bpf_map_lookup_elem(&big, &k); return XDP_PASS; }
      char _license[] SEC("license") = "GPL";
      """;

  private static final int BIG_ENTRIES = 200_000;
  private static final int UNREAD_DUMPS = 16;

  @TempDir Path directory;
  private final List<SocketChannel> channels = new ArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final List<GrpcClientRequest<DumpMapRequest, DumpMapResponse>> unread = new ArrayList<>();
  private DaemonProcess daemon;
  private GrpcJavaClient client;
  private int program;

  @BeforeEach
  void start() throws Exception {
    daemon = new DaemonProcess(directory);
    daemon.environment("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -Xmx192m");
  }

  private void start(List<String> prefix) throws Exception {
    start(prefix, "2s");
  }

  private void start(List<String> prefix, String idleTimeout) throws Exception {
    daemon.startThrough(
        prefix,
        "--idle-timeout",
        idleTimeout,
        "--max-connections",
        Integer.toString(CONNECTIONS),
        "--max-streams",
        Integer.toString(STREAMS));
    client = new GrpcJavaClient(daemon.socket());
    Path object = BpfCompiler.compile(directory, "big", BIG_MAP);
    program = DaemonFixture.id(client.load(object, "touch_big", BpfmanProgramType.XDP));
  }

  @AfterEach
  void stop() throws Exception {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    client.unload(program);
    client.close();
    unread.forEach(GrpcClientRequest::cancel);
    vertx.close().await(60, TimeUnit.SECONDS);
    daemon.close();
  }

  @Test
  void silentAndHalfSaidConnectionsAreClosedAfterTheIdleTimeout() throws Exception {
    start(List.of());
    int before = daemon.descriptors();
    List<SocketChannel> stuck = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      stuck.add(open(new byte[0]));
      stuck.add(open("PRI * HT".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      stuck.add(open(new Http2Bytes().preface().header(500, Http2Bytes.HEADERS, 4, 1).bytes()));
    }
    othersAreServed();
    for (SocketChannel channel : stuck) {
      awaitEnd(channel);
    }
    descriptorsComeBack(before);
  }

  @Test
  void halfClosedConnectionIsClosed() throws Exception {
    start(List.of());
    int before = daemon.descriptors();
    SocketChannel channel = open(new Http2Bytes().preface().bytes());
    channel.shutdownOutput();
    othersAreServed();
    awaitEnd(channel);
    descriptorsComeBack(before);
  }

  @Test
  void thousandConnectionsAreCutToTheLimitAndComeBack() throws Exception {
    start(List.of());
    int before = daemon.descriptors();
    for (int i = 0; i < 1000; i++) {
      open(new Http2Bytes().preface().bytes());
    }
    Awaitility.await("too many are closed")
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> daemon.descriptors() <= before + CONNECTIONS);
    othersAreServed();
    descriptorsComeBack(before);
  }

  /** 16 times 200,000 entries take several times the heap. */
  @Test
  void bigDumpsThatNobodyReadsLeaveRoomForOthers() throws Exception {
    start(List.of(), "300s");
    GrpcLoader loader = new GrpcLoader(vertx, daemon.socket());
    for (int i = 0; i < UNREAD_DUMPS; i++) {
      dumpThatNobodyReads();
    }
    othersAreServed();
    DumpMapResponse whole = loader.dumpMap(wholeMap()).await(60, TimeUnit.SECONDS);
    assertEquals(BIG_ENTRIES, whole.getEntriesCount());
    assertFalse(whole.getTruncated());
    assertEquals(
        BIG_ENTRIES, whole.getEntriesList().stream().map(MapEntry::getKey).distinct().count());
    DumpMapRequest some = wholeMap().toBuilder().setMaxEntries(150_000).build();
    DumpMapResponse cut = loader.dumpMap(some).await(60, TimeUnit.SECONDS);
    assertEquals(150_000, cut.getEntriesCount());
    assertTrue(cut.getTruncated());
    othersAreServed();
    assertTrue(daemon.isAlive());
    String log = daemon.log();
    assertFalse(log.contains("OutOfMemoryError"), log);
  }

  /** On a connection of its own; takes the head of the answer, and then no more. */
  private void dumpThatNobodyReads() throws Exception {
    GrpcClient reader = GrpcClient.client(vertx);
    SocketAddress address = SocketAddress.domainSocketAddress(daemon.socket().toString());
    GrpcClientRequest<DumpMapRequest, DumpMapResponse> request =
        reader.request(address, ExtensionGrpcClient.DumpMap).await(30, TimeUnit.SECONDS);
    request.end(wholeMap());
    request.response().await(30, TimeUnit.SECONDS).pause();
    unread.add(request);
  }

  private DumpMapRequest wholeMap() {
    return DumpMapRequest.newBuilder()
        .setProgramId(program)
        .setMapName("big")
        .setMaxEntries(BIG_ENTRIES)
        .setTyped(true)
        .build();
  }

  @Test
  void streamsBeyondTheLimitAreRefusedWithoutHarm() throws Exception {
    start(List.of());
    Http2Bytes flood = new Http2Bytes().preface();
    for (int i = 0; i < 1000; i++) {
      flood.headers(2 * i + 1, "/bpfman.v1.Bpfman/List");
    }
    open(flood.bytes());
    othersAreServed();
  }

  @Test
  void standardErrorThatNobodyReadsStopsNothing() throws Exception {
    Path pipe = directory.resolve("stderr");
    Commands.run("mkfifo", pipe.toString());
    try (RandomAccessFile unread = new RandomAccessFile(pipe.toFile(), "rw")) {
      start(List.of("sh", "-c", "exec \"$0\" \"$@\" 2>" + pipe));
      for (int i = 0; i < 3000; i++) {
        client.callRaw("bpfman.v1.Bpfman/Unload", new byte[0]);
      }
      othersAreServed();
      assertTrue(daemon.isAlive(), "nobody read " + unread);
    }
  }

  private SocketChannel open(byte[] content) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()));
    channels.add(channel);
    try {
      channel.write(ByteBuffer.wrap(content));
    } catch (IOException alreadyClosed) {
      channel.close();
    }
    return channel;
  }

  /** The daemon says goodbye and closes, or closes at once. */
  private static void awaitEnd(SocketChannel channel) {
    Awaitility.await("the daemon closes")
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> channel.read(ByteBuffer.allocate(4096)) < 0);
  }

  private void othersAreServed() throws Exception {
    try (GrpcJavaClient other = new GrpcJavaClient(daemon.socket())) {
      other.get(program);
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        other.get(program);
      }
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertTrue(millis < 5000, "20 calls took " + millis + " ms");
    }
  }

  private void descriptorsComeBack(int before) {
    Awaitility.await("descriptors are given back")
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> daemon.descriptors() <= before);
  }
}
