package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.Patience;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallThreadsTest {
  private static final int LIMIT_SECONDS = 30;

  /** More than are let in at once. */
  private static final int MANY = 200;

  private final Vertx vertx = Vertx.vertx();
  private final CallThreads threads = new CallThreads(vertx);

  @AfterEach
  void stop() throws Exception {
    threads.close();
    await(vertx.close());
  }

  @Test
  void readsAreAnsweredWhileEveryChangeWaits() throws Exception {
    CountDownLatch kernel = new CountDownLatch(1);
    List<Future<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      int number = i;
      changes.add(
          threads.change(
              () -> {
                kernel.await();
                return number;
              }));
    }
    assertEquals("answer", await(threads.read(() -> "answer")));
    assertTrue(changes.stream().noneMatch(Future::isComplete));
    kernel.countDown();
    for (int i = 0; i < MANY; i++) {
      assertEquals(i, await(changes.get(i)));
    }
  }

  @Test
  void changesThatWaitOverlap() throws Exception {
    int together = 100;
    CountDownLatch all = new CountDownLatch(together);
    List<Future<Boolean>> changes = new ArrayList<>();
    for (int i = 0; i < together; i++) {
      changes.add(
          threads.change(
              () -> {
                all.countDown();
                return all.await(LIMIT_SECONDS, TimeUnit.SECONDS);
              }));
    }
    for (Future<Boolean> change : changes) {
      assertTrue(await(change));
    }
  }

  @Test
  void answersComeOnTheContextOfTheCaller() throws Exception {
    CompletableFuture<Boolean> same = new CompletableFuture<>();
    Set<Thread> worked = ConcurrentHashMap.newKeySet();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        nothing ->
            threads
                .read(() -> worked.add(Thread.currentThread()))
                .onComplete(
                    answer ->
                        same.complete(
                            vertx.getOrCreateContext() == context
                                && !worked.contains(Thread.currentThread()))));
    assertTrue(same.get(LIMIT_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void failsWithWhatTheCallThrewAndGoesOn() throws Exception {
    IllegalStateException thrown = new IllegalStateException("no");
    Future<String> failed =
        threads.change(
            () -> {
              throw thrown;
            });
    assertSame(thrown, failure(failed));
    Future<String> overflowed =
        threads.change(
            () -> {
              throw new StackOverflowError();
            });
    assertInstanceOf(StackOverflowError.class, failure(overflowed));
    assertEquals("works", await(threads.change(() -> "works")));
  }

  @Test
  void refusesCallsAfterClose() {
    threads.close();
    BpfmanException refused =
        assertInstanceOf(BpfmanException.class, failure(threads.read(() -> "late")));
    assertEquals(FailureCode.UNAVAILABLE, refused.failure().code());
  }

  @Test
  void aCallWhoseCallerLeavesWhileItWaitsEndsAtOnceAndIsNotWorkedFor() throws Exception {
    CountDownLatch kernel = new CountDownLatch(1);
    for (int i = 0; i < MANY; i++) {
      threads.change(() -> kernel.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    Patience caller = new Patience(null, System::nanoTime);
    AtomicBoolean worked = new AtomicBoolean();
    Future<Boolean> waiting = caller.during(() -> threads.change(() -> worked.getAndSet(true)));
    caller.leave();
    assertEquals(FailureCode.CANCELLED, code(failure(waiting)));
    kernel.countDown();
    await(threads.change(() -> "after all of them"));
    assertFalse(worked.get());
  }

  @Test
  void aCallWhoseDeadlinePassesWhileItWaitsIsNotWorkedFor() throws Exception {
    CountDownLatch kernel = new CountDownLatch(1);
    for (int i = 0; i < MANY; i++) {
      threads.change(() -> kernel.await(LIMIT_SECONDS, TimeUnit.SECONDS));
    }
    AtomicLong nanos = new AtomicLong();
    Patience caller = new Patience(Duration.ofSeconds(2), nanos::get);
    AtomicBoolean worked = new AtomicBoolean();
    Future<Boolean> waiting = caller.during(() -> threads.change(() -> worked.getAndSet(true)));
    nanos.set(Duration.ofSeconds(2).toNanos());
    kernel.countDown();
    assertEquals(FailureCode.DEADLINE_EXCEEDED, code(failure(waiting)));
    assertFalse(worked.get());
  }

  @Test
  void whatTheEventLoopHasYetToDoComesBeforeAChange() throws Exception {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    List<String> done = new CopyOnWriteArrayList<>();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(
        call -> {
          threads.change(() -> answer.complete(done.add("change")));
          context.runOnContext(closed -> done.add("closed"));
        });
    answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertEquals(List.of("closed", "change"), done);
  }

  private static FailureCode code(Throwable thrown) {
    return assertInstanceOf(BpfmanException.class, thrown).failure().code();
  }

  private static Throwable failure(Future<?> future) {
    return assertThrows(ExecutionException.class, () -> await(future)).getCause();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }
}
