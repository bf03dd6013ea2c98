package io.bpfman.operator.adapter.k8s.install;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));
  private static final Backoff SLOW = new Backoff(Duration.ofHours(1), Duration.ofHours(1));

  private final List<String> runs = new CopyOnWriteArrayList<>();
  private WorkQueue<String> queue;

  private WorkQueue<String> started(Backoff backoff, WorkQueue.Work<String> work) {
    queue = new WorkQueue<>(backoff, NONE, work);
    queue.start("test");
    return queue;
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void whatIsAddedWhileAKeyRunsMakesItRunOnceMore() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    started(
        QUICK,
        key -> {
          runs.add(key);
          first.countDown();
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.empty();
        });
    queue.add("a");
    first.await();
    queue.add("a");
    queue.add("a");
    queue.add("b");
    go.countDown();
    await().until(() -> runs.contains("b") && runs.size() == 3);
    assertEquals(2, runs.stream().filter("a"::equals).count());
  }

  @Test
  void aKeyThatFailsIsTriedAgainUntilItWorks() {
    AtomicInteger failures = new AtomicInteger(3);
    started(
        QUICK,
        key -> {
          runs.add(key);
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("not yet");
          }
          return Optional.empty();
        });
    queue.add("a");
    await().until(() -> runs.size() == 4);
  }

  @Test
  void aKeyThatFailsDelaysNoOtherAndWaitsForHurryOnly() {
    started(
        SLOW,
        key -> {
          runs.add(key);
          if (key.equals("bad")) {
            throw new IllegalStateException("no");
          }
          return Optional.empty();
        });
    queue.add("bad");
    queue.add("good");
    await().until(() -> runs.equals(List.of("bad", "good")));
    queue.add("bad");
    queue.add("good");
    await().until(() -> runs.equals(List.of("bad", "good", "good")));
    queue.hurry("bad");
    await().until(() -> runs.size() == 4 && runs.getLast().equals("bad"));
  }

  @Test
  void aKeyMayAskToRunAgain() {
    started(
        QUICK,
        key -> {
          runs.add(key);
          return Optional.of(Duration.ofMillis(1));
        });
    queue.add("a");
    await().until(() -> runs.size() > 3);
  }

  @Test
  void closingInterruptsWhatRunsAndWaitsForIt() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    started(
        QUICK,
        key -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            runs.add("interrupted");
          }
          return Optional.empty();
        });
    queue.add("a");
    running.await();
    queue.close();
    assertTrue(runs.contains("interrupted"));
    queue.add("a");
    queue.close();
    assertEquals(1, runs.size());
  }
}
