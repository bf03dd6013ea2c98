package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
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

  @TempDir Path directory;
  private final List<SocketChannel> channels = new ArrayList<>();
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
