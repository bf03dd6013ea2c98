package io.bpfman.loader.port;

import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.HookId;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Network hooks, and the dispatchers that let several programs share one. Calls block; any platform
 * thread, several at once for different hooks; no descriptor outlives a call. A failed call leaves
 * nothing in the kernel.
 */
public interface NetworkHooks {
  /** Preference of our filters, as bpfman's. */
  int FILTER_PRIORITY = 50;

  /** Handle of our filters, by which a daemon finds what an earlier one put there: "bpfm". */
  int FILTER_HANDLE = 0x6270_666d;

  /** INTERFACE_NOT_FOUND lists those that exist; NETNS_NOT_FOUND. */
  HookId identify(NetworkHook hook);

  /** What our link or filter on a hook runs; empty when there is none or it lost its interface. */
  Optional<Occupant> occupant(Place place);

  /**
   * Lets our link or filter run another program from one packet to the next. KERNEL_STATE_LOST when
   * there is none.
   */
  void swap(Place place, Path programPin);

  /**
   * Lets a pinned XDP or TCX link run another program from one packet to the next.
   * KERNEL_STATE_LOST when nothing is pinned there.
   */
  void update(Path linkPin, Path programPin);

  /** Takes our link or filter off and removes its pin. Idempotent. */
  void release(Place place);

  /** Loads and pins a dispatcher; answers its kernel id. */
  long loadDispatcher(DispatcherPlan plan, Path pin);

  /**
   * Puts a program into a slot of a pinned dispatcher and pins the link. KERNEL_UNSUPPORTED when
   * this kernel knows no freplace; BYTECODE_INVALID when the object has no type information.
   */
  Seated seat(SlotOrder order);

  /**
   * One hook and what of ours is on it.
   *
   * @param where how to get there
   * @param linkPin pin of the XDP link; of no meaning for TC, whose filter has a handle of its own
   */
  record Place(ChainKey key, NetworkHook where, Path linkPin) {}

  /**
   * What runs on a hook.
   *
   * @param kernelLinkId of the XDP link; 0 for TC
   */
  record Occupant(long program, long kernelLinkId) {}

  /**
   * A dispatcher to be.
   *
   * @param proceed one mask for each member, in running order: bit n set lets the next one run
   *     after verdict n (XDP), or n - 1 (TC, which counts from -1)
   * @param frags whether packets may come in several fragments (BPF_F_XDP_HAS_FRAGS)
   */
  record DispatcherPlan(ChainType type, List<Integer> proceed, boolean frags) {
    public static final int MAX_MEMBERS = 32;

    public DispatcherPlan {
      proceed = List.copyOf(proceed);
    }
  }

  /**
   * Which program goes where.
   *
   * @param object the copy that was kept of the program's object
   * @param programPin pin of the program, whose maps the copy in the dispatcher uses
   * @param copy kernel id of a copy that runs in another dispatcher already; 0 to make one
   * @param linkPin where the new link is pinned; its directory exists
   */
  record SlotOrder(
      ProgramRecord program, Path object, Path programPin, long copy, Slot slot, Path linkPin) {}

  /**
   * A place in a dispatcher.
   *
   * @param number from 0
   */
  record Slot(Path dispatcherPin, int number) {}

  /** Kernel ids of the copy in the dispatcher and of the link that holds it there. */
  record Seated(long copy, long kernelLinkId) {}
}
