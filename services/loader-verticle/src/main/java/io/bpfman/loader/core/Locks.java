package io.bpfman.loader.core;

import io.bpfman.loader.core.OrderedLock.Mode;
import io.bpfman.loader.core.OrderedLock.Position;
import io.bpfman.loader.core.OrderedLock.Rank;
import io.bpfman.model.HookPoint;
import io.bpfman.model.ProgramId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who may work at the same time. The order of taking is that of {@link OrderedLock.Rank}, and each
 * lock keeps it: checking or replacing, then programs, then map sets, then shared maps, then hooks;
 * several programs or hooks are taken together, by {@link #removing(Collection)} and {@link
 * #hooks}. None is held while the verifier works. Different programs and hooks share a lock by
 * chance (striping), which costs waiting, never correctness.
 */
final class Locks {
  /**
   * Far more than calls at once: an attach holds its program while the kernel makes it wait, and
   * whoever shares the lock by chance waits along.
   */
  private static final int PROGRAM_STRIPES = 1024;

  private static final int HOOK_STRIPES = 64;

  /** A lock for many and for one. */
  private record Pair(OrderedLock shared, OrderedLock exclusive) {}

  private final ThreadLocal<List<OrderedLock>> held = ThreadLocal.withInitial(ArrayList::new);
  private final List<Pair> programs =
      IntStream.range(0, PROGRAM_STRIPES).mapToObj(n -> pair(Rank.PROGRAM, n)).toList();
  private final List<OrderedLock> hooks =
      IntStream.range(0, HOOK_STRIPES).mapToObj(n -> single(Rank.HOOK, n)).toList();
  private final Pair sharedMaps = pair(Rank.SHARED_MAPS, 0);
  private final OrderedLock mapSets = single(Rank.MAP_SETS, 0);
  private final OrderedLock checks = single(Rank.ALONE, 0);
  private final OrderedLock replacements = single(Rank.ALONE, 1);

  private Pair pair(Rank rank, int number) {
    ReadWriteLock lock = new ReentrantReadWriteLock(true);
    Position position = new Position(rank, number);
    return new Pair(
        new OrderedLock(position, Mode.SHARED, lock.readLock(), held),
        new OrderedLock(position, Mode.EXCLUSIVE, lock.writeLock(), held));
  }

  private OrderedLock single(Rank rank, int number) {
    return new OrderedLock(
        new Position(rank, number), Mode.EXCLUSIVE, new ReentrantLock(true), held);
  }

  /** Attaching and detaching: others may do so too, but nobody unloads the program. */
  OrderedLock using(Object program) {
    return programs.get(stripe(program, PROGRAM_STRIPES)).shared();
  }

  /** Unloading: nobody else touches the program. */
  OrderedLock removing(Object program) {
    return programs.get(stripe(program, PROGRAM_STRIPES)).exclusive();
  }

  /** The same for several, in the order of taking. */
  List<OrderedLock> removing(Collection<ProgramId> ids) {
    return inOrder(ids, PROGRAM_STRIPES).map(stripe -> programs.get(stripe).exclusive()).toList();
  }

  private static Stream<Integer> inOrder(Collection<?> keys, int stripes) {
    return keys.stream().map(key -> stripe(key, stripes)).distinct().sorted();
  }

  /** Replacing programs: one at a time, because each holds several of them. */
  OrderedLock replacing() {
    return replacements;
  }

  /** The same as {@link #hook} for several, in the order of taking. */
  List<OrderedLock> hooks(Collection<HookPoint> points) {
    return inOrder(points, HOOK_STRIPES).map(hooks::get).toList();
  }

  /** Changing what is attached at one point. */
  OrderedLock hook(HookPoint point) {
    return hooks.get(stripe(point, HOOK_STRIPES));
  }

  /** Recording a load that is pinned: others may do so too, but nobody looks for orphans. */
  OrderedLock recording() {
    return sharedMaps.shared();
  }

  /**
   * Recording a load that uses maps shared by name, removing such maps that nobody uses, and
   * looking for orphans: nobody else is between pinning and recording.
   */
  OrderedLock sharingMaps() {
    return sharedMaps.exclusive();
  }

  /** Joining or leaving a map set. */
  OrderedLock mapSets() {
    return mapSets;
  }

  /** Checking whether an object would load: one at a time. */
  OrderedLock checking() {
    return checks;
  }

  static <T> T with(OrderedLock lock, Supplier<T> work) {
    return lock.holding(work);
  }

  /** For a lock outside of the order, under which no other is taken. */
  static <T> T with(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all of them, the first first. */
  static <T> T withAll(List<OrderedLock> locks, Supplier<T> work) {
    return locks.isEmpty()
        ? work.get()
        : with(locks.getFirst(), () -> withAll(locks.subList(1, locks.size()), work));
  }

  private static int stripe(Object key, int stripes) {
    return Math.floorMod(key.hashCode() * 0x9E3779B9, stripes);
  }
}
