package io.bpfman.loader.vm;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** One line for each test as it ends, and the whole cause of one that failed. */
final class Progress implements TestExecutionListener {
  private static final double NANOS = 1e9;

  private final PrintStream out;
  private final Map<String, Long> started = new ConcurrentHashMap<>();
  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  Progress(PrintStream out) {
    this.out = out;
  }

  int passed() {
    return passed.get();
  }

  /** Tests and classes that failed; a skipped test is one of them, since nothing may be skipped. */
  int failed() {
    return failed.get();
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    started.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    failed.incrementAndGet();
    out.printf("SKIPPED %s: %s%n", name(test), reason);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    boolean good = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    if (good && !test.isTest()) {
      return;
    }
    (good ? passed : failed).incrementAndGet();
    double seconds = (System.nanoTime() - started.get(test.getUniqueId())) / NANOS;
    out.printf("%s %5.1f s  %s%n", good ? "ok    " : "FAILED", seconds, name(test));
    result.getThrowable().ifPresent(cause -> cause.printStackTrace(out));
  }

  private static String name(TestIdentifier test) {
    Optional<String> owner =
        test.getSource()
            .filter(MethodSource.class::isInstance)
            .map(source -> ((MethodSource) source).getClassName())
            .map(name -> name.substring(name.lastIndexOf('.') + 1) + " ");
    return owner.orElse("") + test.getDisplayName().replace("()", "");
  }
}
