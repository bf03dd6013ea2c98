package io.bpfman.operator.adapter.k8s.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyQueueTest {
  private static final Duration NONE = Duration.ZERO;
  private static final Backoff QUICK = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20));
  private static final Backoff SLOW = new Backoff(Duration.ofHours(1), Duration.ofHours(1));

  private final List<String> runs = new CopyOnWriteArrayList<>();
  private KeyQueue<String> queue;

  private void start(Backoff backoff, KeyQueue.Work<String> work) {
    start(1, backoff, work);
  }

  private void start(int parallel, Backoff backoff, KeyQueue.Work<String> work) {
    queue = new KeyQueue<>(new KeyQueue.Limits(parallel, backoff, NONE), work);
    queue.start("test");
  }

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void whatIsAddedWhileAKeyRunsMakesItRunOnceMore() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    start(
        QUICK,
        key -> {
          runs.add(key);
          first.countDown();
          await(go);
          return Optional.empty();
        });
    queue.add("a");
    first.await();
    queue.add("a");
    queue.add("a");
    queue.add("b");
    go.countDown();
    Awaitility.await().until(() -> runs.contains("b") && runs.size() == 3);
    assertEquals(2, runs.stream().filter("a"::equals).count());
  }

  @Test
  void aKeyThatFailsIsTriedAgainUntilItWorks() {
    AtomicInteger failures = new AtomicInteger(3);
    start(
        QUICK,
        key -> {
          runs.add(key);
          if (failures.getAndDecrement() > 0) {
            throw new IllegalStateException("not yet");
          }
          return Optional.empty();
        });
    queue.add("a");
    Awaitility.await().until(() -> runs.size() == 4);
  }

  @Test
  void aKeyThatFailsDelaysNoOtherAndWaitsForHurryOnly() {
    start(
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
    Awaitility.await().until(() -> runs.equals(List.of("bad", "good")));
    queue.add("bad");
    queue.add("good");
    Awaitility.await().until(() -> runs.equals(List.of("bad", "good", "good")));
    queue.hurry("bad");
    Awaitility.await().until(() -> runs.size() == 4 && runs.getLast().equals("bad"));
  }

  @Test
  void aKeyMayAskToRunAgain() {
    start(
        QUICK,
        key -> {
          runs.add(key);
          return Optional.of(Duration.ofMillis(1));
        });
    queue.add("a");
    Awaitility.await().until(() -> runs.size() > 3);
  }

  @Test
  void closingInterruptsWhatRunsAndWaitsForIt() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    start(
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

  @Test
  void asManyKeysRunAtOnceAsAllowedAndNoKeyTwice() {
    AtomicInteger running = new AtomicInteger();
    Set<String> inWork = ConcurrentHashMap.newKeySet();
    CyclicBarrier both = new CyclicBarrier(2);
    start(
        2,
        QUICK,
        key -> {
          runs.add(inWork.add(key) && running.incrementAndGet() <= 2 ? key : "too many");
          pass(both);
          running.decrementAndGet();
          inWork.remove(key);
          return Optional.empty();
        });
    List.of("a", "b", "c", "d").forEach(queue::add);
    Awaitility.await().until(() -> runs.size() == 4 && inWork.isEmpty());
    assertEquals(Set.of("a", "b", "c", "d"), Set.copyOf(runs));
  }

  private static void pass(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aRetryIsInTimeAlthoughTheOtherWorkersAreBusyOrWait() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger tries = new AtomicInteger();
    start(
        3,
        QUICK,
        key -> {
          if (key.equals("flaky") && tries.incrementAndGet() < 5) {
            throw new IllegalStateException("not yet");
          } else if (key.startsWith("long")) {
            await(end);
          }
          runs.add(key);
          return Optional.empty();
        });
    List.of("flaky", "long 1", "long 2").forEach(queue::add);
    Awaitility.await().until(() -> runs.equals(List.of("flaky")));
    end.countDown();
    Awaitility.await().until(() -> runs.size() == 3);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anErrorIsAFailureAndEndsNoWorker() {
    start(
        QUICK,
        key -> {
          runs.add(key);
          if (runs.size() < 3) {
            throw new StackOverflowError("too deep");
          }
          return Optional.empty();
        });
    queue.add("a");
    Awaitility.await().until(() -> runs.size() == 3);
  }

  @Test
  void whatWasAddedBeforeTheStartIsDone() {
    queue =
        new KeyQueue<>(
            new KeyQueue.Limits(1, QUICK, NONE),
            key -> {
              runs.add(key);
              return Optional.empty();
            });
    queue.add("early");
    queue.start("test");
    Awaitility.await().until(() -> runs.equals(List.of("early")));
  }
}
