package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.contract.LoaderWatch;
import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchRequest;
import io.vertx.core.Vertx;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A socket file that goes, and connections on which nothing happens. */
@Tag("kernel")
class SocketCareIT {
  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private DaemonProcess daemon;

  @BeforeEach
  void prepare() {
    daemon = new DaemonProcess(directory);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
    daemon.close();
  }

  @Test
  void aSocketFileThatIsRemovedIsMadeAnewAndConnectionsGoOn() throws Exception {
    daemon.start();
    GrpcLoader before = new GrpcLoader(vertx, daemon.socket());
    List<WatchEvent> events = new CopyOnWriteArrayList<>();
    LoaderWatch watch = before.watch(WatchRequest.getDefaultInstance(), events::add);
    await("it is connected").until(() -> !events.isEmpty());
    for (int times = 1; times <= 2; times++) {
      Files.delete(daemon.socket());
      await("the socket file is back").until(() -> Files.exists(daemon.socket()));
      assertEquals(0, listed());
    }
    assertEquals(
        "rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.socket())));
    assertTrue(daemon.log().contains("was gone and has been made anew"), daemon.log());
    assertFalse(watch.end().isComplete(), () -> String.valueOf(watch.end().cause()));
    before.list(ListRequest.getDefaultInstance()).await(30, TimeUnit.SECONDS);
    assertEquals(143, daemon.terminate());
    assertTrue(Files.notExists(daemon.socket()));
  }

  @Test
  void aDirectoryOfTheSocketThatIsRemovedIsMadeAnew() throws Exception {
    daemon.start();
    Files.delete(daemon.socket());
    Files.delete(daemon.socket().getParent());
    await("the socket file is back").until(() -> Files.exists(daemon.socket()));
    assertEquals(0, listed());
  }

  @Test
  void aSocketFileThatIsAnothersIsLeftAloneUntilNobodyAnswersThere() throws Exception {
    daemon.start();
    Files.delete(daemon.socket());
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      Path theirs = directory.resolve("theirs.sock");
      other.bind(UnixDomainSocketAddress.of(theirs));
      Files.move(theirs, daemon.socket(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      await("the daemon tells").until(() -> daemon.log().contains("another process listens on"));
    }
    await("the daemon is back").until(() -> listed() == 0);
  }

  @Test
  void aWatchOutlivesTheIdleTimeout() throws Exception {
    daemon.start("--idle-timeout", "3s");
    Queue<WatchEvent> events = new ConcurrentLinkedQueue<>();
    GrpcLoader loader = new GrpcLoader(vertx, daemon.socket());
    LoaderWatch watch = loader.watch(WatchRequest.getDefaultInstance(), events::add);
    await("the watch has begun").until(() -> !events.isEmpty());
    Awaitility.await("three idle timeouts pass")
        .during(9, TimeUnit.SECONDS)
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> !watch.end().isComplete());
  }

  @Test
  void aWatcherThatAnswersNoPingIsLetGo() throws Exception {
    daemon.start("--idle-timeout", "2s");
    byte[] request =
        new Http2Bytes().preface().request(1, "/bpfman.x.v1.Extension/Watch", new byte[0]).bytes();
    try (SocketChannel dead = SocketChannel.open(UnixDomainSocketAddress.of(daemon.socket()))) {
      dead.write(ByteBuffer.wrap(request));
      await("the daemon closes").until(() -> dead.read(ByteBuffer.allocate(4096)) < 0);
    }
  }

  private int listed() throws InterruptedException {
    try (GrpcJavaClient client = new GrpcJavaClient(daemon.socket())) {
      ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
      return client.list(ours).getResultsCount();
    }
  }

  private static ConditionFactory await(String what) {
    return Awaitility.await(what).ignoreExceptions().atMost(30, TimeUnit.SECONDS);
  }
}
