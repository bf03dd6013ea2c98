package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class CallLaneTest {
  private final Queue<Runnable> given = new ArrayDeque<>();
  private final List<Integer> done = new ArrayList<>();

  @Test
  void callsBeyondTheLimitFollowInTheOrderOfTheirComing() {
    CallLane lane = new CallLane(given::add, 2, 9);
    for (int i = 1; i <= 5; i++) {
      int number = i;
      lane.run(() -> done.add(number));
    }
    assertEquals(2, given.size());
    given.remove().run();
    assertEquals(List.of(1, 3, 4, 5), done);
    given.remove().run();
    assertEquals(List.of(1, 3, 4, 5, 2), done);
  }

  @Test
  void aCallAfterAllEndedIsGivenOutAtOnce() {
    CallLane lane = new CallLane(given::add, 1, 9);
    for (int i = 1; i <= 3; i++) {
      int number = i;
      lane.run(() -> done.add(number));
      given.remove().run();
    }
    assertEquals(List.of(1, 2, 3), done);
  }

  @Test
  void aCallThatEndsWithAnErrorGivesItsPlaceToTheNext() {
    List<Throwable> told = new ArrayList<>();
    CallLane lane = new CallLane(given::add, 1, 9);
    Error injected = new OutOfMemoryError("injected");
    lane.run(
        () -> {
          throw injected;
        });
    lane.run(() -> done.add(2));
    Thread.currentThread().setUncaughtExceptionHandler((_, thrown) -> told.add(thrown));
    try {
      given.remove().run();
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
    }
    assertEquals(List.of(injected), told);
    assertEquals(List.of(2), done);
    lane.run(() -> done.add(3));
    given.remove().run();
    assertEquals(List.of(2, 3), done);
  }

  @Test
  void anErrorOfTheThreadsGivesThePlaceBack() {
    boolean[] exhausted = {true};
    CallLane lane =
        new CallLane(
            call -> {
              if (exhausted[0]) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              given.add(call);
            },
            1,
            9);
    assertThrows(OutOfMemoryError.class, () -> lane.run(() -> done.add(1)));
    exhausted[0] = false;
    lane.run(() -> done.add(2));
    given.remove().run();
    assertEquals(List.of(2), done);
  }

  @Test
  void aCallThatNoThreadTookGivesItsPlaceBack() {
    boolean[] closed = {true};
    CallLane lane =
        new CallLane(
            call -> {
              if (closed[0]) {
                throw new RejectedExecutionException("closed");
              }
              given.add(call);
            },
            1,
            9);
    assertThrows(RejectedExecutionException.class, () -> lane.run(() -> done.add(1)));
    closed[0] = false;
    lane.run(() -> done.add(2));
    given.remove().run();
    assertEquals(List.of(2), done);
  }

  @Test
  void callsBeyondTheLimitOfWaitingAreRefusedAndSayWhichLimit() {
    CallLane lane = new CallLane(given::add, 1, 2);
    for (int i = 1; i <= 3; i++) {
      int number = i;
      lane.run(() -> done.add(number));
    }
    BpfmanException full = assertThrows(BpfmanException.class, () -> lane.run(() -> done.add(4)));
    assertEquals(FailureCode.TOO_MANY_CALLS, full.failure().code());
    assertEquals(
        "1 calls are at work and 2 wait, which is the limit (--max-waiting-calls)",
        full.failure().message());
    given.remove().run();
    assertEquals(List.of(1, 2, 3), done);
    lane.run(() -> done.add(5));
    given.remove().run();
    assertEquals(List.of(1, 2, 3, 5), done);
  }

  @Test
  void aCallThatWaitsCanBeTakenBackAndGivesItsPlaceToOthers() {
    CallLane lane = new CallLane(given::add, 1, 1);
    Runnable first = () -> done.add(1);
    Runnable second = () -> done.add(2);
    lane.run(first);
    lane.run(second);
    assertTrue(lane.withdraw(second));
    assertFalse(lane.withdraw(second));
    assertFalse(lane.withdraw(first));
    lane.run(() -> done.add(3));
    given.remove().run();
    assertEquals(List.of(1, 3), done);
  }
}
