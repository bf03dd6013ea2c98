package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.cli.LoaderOpener.Named;
import io.bpfman.cli.LoaderOpener.Target;
import io.bpfman.contract.Loader;
import io.bpfman.loader.daemon.Care;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real sockets and a real lock; neither a daemon nor a kernel is there. */
class DaemonOrLocalTest {
  private static final Loader NOBODY =
      (Loader)
          Proxy.newProxyInstance(
              Loader.class.getClassLoader(),
              new Class<?>[] {Loader.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  @TempDir Path directory;
  private final List<String> opened = new ArrayList<>();
  private final List<Boolean> asked = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path runtimeDir;
  private Path socket;

  @BeforeEach
  void makeDirectory() throws IOException {
    runtimeDir = Files.createDirectory(directory.resolve("run"));
    socket = directory.resolve("bpfman.sock");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void aDaemonThatListensIsAsked() throws IOException {
    listen();
    open(Named.DIRECTORY_OR_NOTHING);
    assertEquals(List.of("daemon"), opened);
  }

  @Test
  void withoutADaemonTheWorkIsDoneHere() {
    open(Named.DIRECTORY_OR_NOTHING);
    assertEquals(List.of("local"), opened);
  }

  @Test
  void aSocketThatIsNamedIsNeverReplacedByWorkOnADirectory() {
    open(Named.SOCKET);
    assertEquals(List.of("daemon"), opened);
  }

  @Test
  void aDaemonThatBeginsToListenWhileTheDirectoryIsWaitedForIsAsked() throws IOException {
    lock("4711\n");
    DaemonOrLocal.Local waiting =
        (target, served) -> {
          assertFalse(served.getAsBoolean());
          listen();
          assertTrue(served.getAsBoolean());
          return Optional.empty();
        };
    new DaemonOrLocal(this::daemon, waiting, true).open(target(Named.DIRECTORY_OR_NOTHING));
    assertEquals(List.of("daemon"), opened);
  }

  @Test
  void aNamedSocketIsWaitedForWhileSomebodyStarts() throws IOException {
    lock("4711\n");
    Thread starting = Thread.ofPlatform().start(this::listen);
    open(Named.SOCKET);
    assertEquals(List.of("daemon"), opened);
    assertTrue(Files.exists(socket), starting.getName());
  }

  @Test
  void aDaemonThatListensElsewhereIsNamed() throws IOException {
    lock("4711\n/run/other.sock\n");
    BpfmanException refused =
        assertThrows(BpfmanException.class, () -> open(Named.DIRECTORY_OR_NOTHING));
    assertEquals(FailureCode.UNAVAILABLE, refused.code());
    assertEquals(
        "nobody answers on the socket %s; the daemon that works on %s (process 4711) listens on"
                .formatted(socket, runtimeDir)
            + " /run/other.sock",
        refused.failure().message());
    assertEquals("give --socket-path /run/other.sock", refused.failure().hint());
  }

  @Test
  void aSocketFileThatWasRemovedIsToldUnlessItsDaemonMakesItAnew() throws IOException {
    lock("4711\n" + socket + "\n");
    AtomicLong nanos = new AtomicLong();
    DaemonSearch search = new DaemonSearch(target(Named.SOCKET), nanos::get);
    assertFalse(search.finds());
    nanos.addAndGet(DaemonSearch.REPAIR.toNanos() - 1);
    assertFalse(search.finds());
    nanos.incrementAndGet();
    BpfmanException gone = assertThrows(BpfmanException.class, search::finds);
    assertEquals(
        "the daemon (process 4711) runs, but its socket file %s has been removed".formatted(socket),
        gone.failure().message());
    listen();
    assertTrue(search.finds());
  }

  @Test
  void whatADeadDaemonHasWrittenCountsForNothing() throws IOException {
    Files.writeString(runtimeDir.resolve(".lock"), "4711\n/run/other.sock\n");
    open(Named.DIRECTORY_OR_NOTHING);
    assertEquals(List.of("local"), opened);
  }

  @Test
  void aDaemonWhoseQueueIsFullIsNoReasonToWaitOrToWorkHere() throws IOException {
    listen();
    for (int i = 0; i < 3; i++) {
      open(Named.DIRECTORY_OR_NOTHING);
    }
    assertEquals(List.of("daemon", "daemon", "daemon"), opened);
  }

  private void open(Named named) {
    new DaemonOrLocal(this::daemon, this::local, true).open(target(named)).close();
  }

  private LoaderSession daemon(Target target) {
    opened.add("daemon");
    return session();
  }

  private Optional<LoaderSession> local(Target target, BooleanSupplier served) {
    asked.add(served.getAsBoolean());
    opened.add("local");
    return Optional.of(session());
  }

  private static LoaderSession session() {
    return new LoaderSession(NOBODY, () -> {}, Duration.ofSeconds(1));
  }

  private Target target(Named named) {
    return new Target(socket, runtimeDir, Duration.ofSeconds(20), Care.ALL, named);
  }

  /** With room for one connection and one more, as Linux counts. */
  private void listen() {
    try {
      ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      open.add(listening);
      listening.bind(UnixDomainSocketAddress.of(socket), 1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void lock(String content) throws IOException {
    Path file = Files.writeString(runtimeDir.resolve(".lock"), content);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    open.add(channel);
    assertTrue(channel.tryLock().isValid());
  }
}
