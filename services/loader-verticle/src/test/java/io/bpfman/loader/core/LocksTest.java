package io.bpfman.loader.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.HookId;
import io.bpfman.model.HookPoint;
import io.bpfman.model.ProgramId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocksTest {
  private static final ProgramId PROGRAM = new ProgramId(5);

  private final Locks locks = new Locks();
  private final List<OrderedLock> inOrder =
      List.of(
          locks.checking(),
          locks.replacing(),
          locks.using(PROGRAM),
          locks.mapSets(),
          locks.recording(),
          locks.hook(point(1)));

  private static HookPoint point(int index) {
    return new ChainKey(ChainType.XDP, new HookId(4026531840L, index));
  }

  @Test
  void locksAreTakenInTheirOrderAndNoOther() {
    for (int first = 0; first < inOrder.size(); first++) {
      for (int second = 0; second < inOrder.size(); second++) {
        OrderedLock held = inOrder.get(first);
        OrderedLock next = inOrder.get(second);
        if (first <= second) {
          assertTrue(held.holding(() -> next.holding(next::isHeld)), held + " then " + next);
        } else {
          IllegalStateException refused =
              assertThrows(
                  IllegalStateException.class, () -> held.holding(() -> next.holding(() -> true)));
          assertTrue(refused.getMessage().contains(held.toString()), refused.getMessage());
        }
        assertFalse(held.isHeld() || next.isHeld());
      }
    }
  }

  @Test
  void oneThatIsHeldMayBeTakenAgainUnderAnyOther() {
    OrderedLock program = locks.removing(PROGRAM);
    OrderedLock hook = locks.hook(point(1));
    assertTrue(
        program.holding(
            () -> hook.holding(() -> locks.using(PROGRAM).holding(() -> program.isHeld()))));
  }

  @Test
  void whoSharesALockDoesNotGetItAlone() {
    OrderedLock shared = locks.using(PROGRAM);
    assertThrows(
        IllegalStateException.class,
        () -> shared.holding(() -> locks.removing(PROGRAM).holding(() -> true)));
  }

  @Test
  void severalHooksAreTakenTogether() {
    List<HookPoint> points = IntStream.range(0, 100).mapToObj(LocksTest::point).toList();
    List<HookPoint> reversed = points.reversed();
    assertEquals(locks.hooks(points), locks.hooks(reversed));
    assertTrue(Locks.withAll(locks.hooks(reversed), () -> locks.hook(point(99)).isHeld()));
    assertThrows(
        IllegalStateException.class,
        () -> Locks.withAll(locks.hooks(points).reversed(), () -> true));
  }
}
