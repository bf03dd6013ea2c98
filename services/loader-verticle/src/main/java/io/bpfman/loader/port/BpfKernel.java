package io.bpfman.loader.port;

import io.bpfman.model.KernelLink;
import io.bpfman.model.KernelMap;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's bpf(2). Calls block and may be made from any platform thread, several at once, never
 * from an event loop unless they say so. No descriptor outlives a call, save those of a {@link
 * LoadedObject} until it is closed. Failures are {@link io.bpfman.model.BpfmanException}; a failed
 * call leaves nothing in the kernel.
 */
public interface BpfKernel {

  /**
   * Opens an object and passes the named programs through the verifier; the caller pins what it
   * wants to keep.
   */
  LoadedObject load(ObjectLoad request);

  /**
   * Empty when no program of that id lives. Does not wait for anything, so event loops may call.
   */
  Optional<KernelProgram> program(ProgramId id);

  /** Every living program of the host, by ascending id. */
  List<KernelProgram> programs();

  /** Pins a living program that lost its pin. */
  void pinProgram(ProgramId id, Path pin);

  /** Attaches a pinned program and pins the link (save TC, which has no link). */
  Attachment attach(AttachOrder order);

  /**
   * Takes a link off its hook and removes its pin; a member of a chain leaves an empty slot.
   * Idempotent: a missing pin, link, filter, interface or namespace is success. The kernel may
   * finish later; see {@link #awaitLinkGone}.
   *
   * @param linkPin where {@link #attach} pinned it
   */
  void detach(LinkRecord link, Path linkPin);

  /**
   * Waits until the kernel no longer knows a link; false when {@code limit} passed first. Id 0 is
   * gone at once.
   */
  boolean awaitLinkGone(long kernelLinkId, Duration limit);

  /** The program that a pinned link runs; empty when nothing is pinned there. */
  Optional<ProgramId> programOfLink(Path linkPin);

  /** All that the kernel says of a pinned link; empty when nothing is pinned there. */
  Optional<KernelLink> link(Path linkPin);

  /** All that the kernel says of a map; empty when no map of that id lives. */
  Optional<KernelMap> map(long id);

  /** Compares a recorded link with what is there now. */
  LinkHealth observe(LinkRecord link, Path linkPin);

  /** Entries of maps, pinned or not. */
  BpfMaps maps();

  /** Network hooks and their dispatchers. */
  NetworkHooks hooks();

  /** Run counters. */
  BpfStats stats();

  /**
   * Watches interfaces, filters and files on a thread of its own until it is stopped. Returns at
   * once. Holds a few descriptors meanwhile, none of them bpf's.
   *
   * @param tick between two calls of {@link KernelListener#tick}
   */
  KernelWatch watch(KernelListener listener, Duration tick);

  /** Finds out what the kernel supports, by kind; takes some milliseconds and leaves nothing. */
  List<KernelFeature> features();

  /**
   * Mounts a bpffs on an existing directory unless one is there already; whether it did. Says so in
   * the log when it had been there before.
   */
  boolean ensureBpffs(Path directory);

  /** Takes a bpffs off again, with all that is pinned in it. */
  void unmountBpffs(Path directory);

  /** "major.minor" of the libbpf in use. */
  String libbpfVersion();
}
