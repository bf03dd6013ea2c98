package io.bpfman.loader.daemon;

import io.bpfman.model.Backoff;
import io.bpfman.model.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second daemon away from the same directory. The kernel frees the lock when the process
 * dies, however it dies.
 */
final class InstanceLock implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceLock.class);

  /**
   * File locks cannot be waited for with a limit, so they are tried again; bpfman does the same.
   */
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(5), Duration.ofMillis(200));

  private final FileChannel channel;

  private InstanceLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * START_REFUSED naming the process that holds it.
   *
   * @param timeout how long to wait for that process; zero: for ever
   */
  static InstanceLock take(Path file, Duration timeout) {
    return takeUnless(file, timeout, () -> false).orElseThrow();
  }

  /**
   * As {@link #take}; empty when there is no need any more.
   *
   * @param needless asked whenever the lock was found to be held
   */
  static Optional<InstanceLock> takeUnless(Path file, Duration timeout, BooleanSupplier needless) {
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      Optional<InstanceLock> lock = taken(timeout, new Waiting(channel, file, needless));
      if (lock.isEmpty() && !needless.getAsBoolean()) {
        throw held(file, timeout);
      }
      return lock;
    } catch (IOException e) {
      throw FailureCode.START_REFUSED.because(
          "cannot lock %s: %s".formatted(file, e.getMessage()), "check its permissions", e);
    }
  }

  /** Closes the channel unless the lock was taken. */
  private static Optional<InstanceLock> taken(Duration timeout, Waiting waiting)
      throws IOException {
    FileChannel channel = waiting.channel();
    Optional<InstanceLock> lock = Optional.empty();
    try {
      if (locks(channel) || locksWithin(timeout, waiting)) {
        channel.truncate(0).write(line(Long.toString(ProcessHandle.current().pid())), 0);
        lock = Optional.of(new InstanceLock(channel));
      }
      return lock;
    } finally {
      if (lock.isEmpty()) {
        channel.close();
      }
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  /** Tells others where this process listens. */
  void serves(Path socket) {
    try {
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.write(line(pid + "\n" + socket.toAbsolutePath().normalize()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer line(String text) {
    return ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private record Waiting(FileChannel channel, Path file, BooleanSupplier needless) {}

  private static boolean locksWithin(Duration timeout, Waiting waiting) throws IOException {
    FileChannel channel = waiting.channel();
    Path file = waiting.file();
    LOG.info("waiting for process {}, which works on {}", holder(file), file.getParent());
    long start = System.nanoTime();
    for (int tries = 1; !isOver(waiting); tries++) {
      long left = timeout.toNanos() - (System.nanoTime() - start);
      if (!timeout.isZero() && left <= 0) {
        return false;
      }
      long pause = RETRY.delay(tries, RandomGenerator.getDefault()).toNanos();
      LockSupport.parkNanos(channel, timeout.isZero() ? pause : Math.min(left, pause));
      if (locks(channel)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOver(Waiting waiting) {
    return Thread.currentThread().isInterrupted() || waiting.needless().getAsBoolean();
  }

  private static String holder(Path file) throws IOException {
    return DirectoryUser.read(file).process();
  }

  private static RuntimeException held(Path file, Duration timeout) throws IOException {
    return FailureCode.START_REFUSED.because(
        "another process (%s) works on %s and did not end within %s"
            .formatted(holder(file), file.getParent(), text(timeout)),
        "if it is a daemon, use its --socket-path or stop it; else wait longer with"
            + " --lock-timeout");
  }

  /** As Go writes it, near enough: seconds, with a fraction where there is one. */
  private static String text(Duration timeout) {
    return timeout.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
