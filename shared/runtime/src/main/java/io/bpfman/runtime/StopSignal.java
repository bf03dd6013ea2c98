package io.bpfman.runtime;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM or SIGINT, as the thread that runs a process waits for it. The process ends when that
 * thread has said that it is {@link #done}, or after 5 s.
 */
public final class StopSignal {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final String program;
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);

  private StopSignal(String program) {
    this.program = program;
  }

  /** Once in a process. */
  public static StopSignal install(String program) {
    StopSignal signal = new StopSignal(program);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("bpfman-stop").unstarted(signal::stop));
    return signal;
  }

  /** Blocks until the signal came, {@link #raise} was called, or this thread was interrupted. */
  public void await() {
    try {
      told.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** As if the signal had come: this process is to end by itself. From any thread. */
  public void raise() {
    told.countDown();
  }

  /** Nothing is left to end; call it whatever happened, or the exit waits 5 s. */
  public void done() {
    done.countDown();
  }

  private void stop() {
    raise();
    try {
      if (!done.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("{} did not stop within {} s", program, LIMIT.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
