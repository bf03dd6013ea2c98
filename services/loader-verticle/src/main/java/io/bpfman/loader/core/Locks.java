package io.bpfman.loader.core;

import io.bpfman.model.HookPoint;
import io.bpfman.model.ProgramId;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who may work at the same time. Order of taking, so that no two wait for one another: checking or
 * replacing, then programs, then map sets, then shared maps, then hooks; of several programs or
 * hooks as {@link #removing(Collection)} and {@link #hooks} give them. Different programs and hooks
 * share a lock by chance (striping), which costs waiting, never correctness.
 */
final class Locks {
  /**
   * Far more than calls at once: an attach holds its program while the kernel makes it wait, and
   * whoever shares the lock by chance waits along.
   */
  private static final int PROGRAM_STRIPES = 1024;

  private static final int HOOK_STRIPES = 64;

  private final ReadWriteLock[] programs =
      Stream.generate(() -> new ReentrantReadWriteLock(true))
          .limit(PROGRAM_STRIPES)
          .toArray(ReadWriteLock[]::new);
  private final Lock[] hooks =
      Stream.generate(() -> new ReentrantLock(true)).limit(HOOK_STRIPES).toArray(Lock[]::new);
  private final ReadWriteLock sharedMaps = new ReentrantReadWriteLock(true);
  private final Lock mapSets = new ReentrantLock(true);
  private final Lock checks = new ReentrantLock(true);
  private final Lock replacements = new ReentrantLock(true);

  /** Attaching and detaching: others may do so too, but nobody unloads the program. */
  Lock using(Object program) {
    return programs[stripe(program, PROGRAM_STRIPES)].readLock();
  }

  /** Unloading: nobody else touches the program. */
  Lock removing(Object program) {
    return programs[stripe(program, PROGRAM_STRIPES)].writeLock();
  }

  /** The same for several, in the order of taking. */
  List<Lock> removing(Collection<ProgramId> ids) {
    return inOrder(ids, PROGRAM_STRIPES).map(stripe -> programs[stripe].writeLock()).toList();
  }

  private static Stream<Integer> inOrder(Collection<?> keys, int stripes) {
    return keys.stream().map(key -> stripe(key, stripes)).distinct().sorted();
  }

  /** Replacing programs: one at a time, because each holds several of them. */
  Lock replacing() {
    return replacements;
  }

  /** The same as {@link #hook} for several, in the order of taking. */
  List<Lock> hooks(Collection<HookPoint> points) {
    return inOrder(points, HOOK_STRIPES).map(stripe -> hooks[stripe]).toList();
  }

  /** Changing what is attached at one point. */
  Lock hook(HookPoint point) {
    return hooks[stripe(point, HOOK_STRIPES)];
  }

  /** Loading: others may do so too, but nobody removes maps shared by name. */
  Lock usingSharedMaps() {
    return sharedMaps.readLock();
  }

  /** Removing maps shared by name that nobody uses: no load is between using and recording one. */
  Lock removingSharedMaps() {
    return sharedMaps.writeLock();
  }

  /** Joining or leaving a map set. */
  Lock mapSets() {
    return mapSets;
  }

  /** Checking whether an object would load: one at a time. Taken before all others. */
  Lock checking() {
    return checks;
  }

  static <T> T with(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all of them, the first first. */
  static <T> T withAll(List<Lock> locks, Supplier<T> work) {
    return locks.isEmpty()
        ? work.get()
        : with(locks.getFirst(), () -> withAll(locks.subList(1, locks.size()), work));
  }

  private static int stripe(Object key, int stripes) {
    return Math.floorMod(key.hashCode() * 0x9E3779B9, stripes);
  }
}
