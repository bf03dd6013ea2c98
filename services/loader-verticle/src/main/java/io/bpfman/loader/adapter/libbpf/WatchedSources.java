package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.KernelListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jnr.ffi.Pointer;

/** Everything that one thread waits for with poll(2). One thread. */
final class WatchedSources implements AutoCloseable {
  private static final int POLL_BYTES = 8;
  private static final short POLLIN = 1;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Natives natives;
  private final NetnsThread threads;
  private final WakeUp wakeUp;
  private final KernelListener listener;
  private final RouteSocket sockets;
  private final FileNotices pins;
  private final FileNotices targets;
  private final WatchedNetns own;
  private final Map<String, WatchedNetns> others = new HashMap<>();

  /** Paths that led to a namespace which is gone. */
  private final Set<String> vacant = new HashSet<>();

  /** KERNEL_REFUSED when the daemon's own namespace cannot be watched. */
  WatchedSources(Natives natives, NetnsThread threads, WakeUp wakeUp, KernelListener listener) {
    this.natives = natives;
    this.threads = threads;
    this.wakeUp = wakeUp;
    this.listener = listener;
    this.sockets = new RouteSocket(natives);
    this.own = WatchedNetns.own(sockets, threads);
    this.pins = FileNotices.open(natives, FileNotices.VANISHED);
    this.pins.follow(Set.copyOf(listener.directories()));
    this.targets = FileNotices.open(natives, FileNotices.CHANGED);
  }

  /** Begins and ends to watch what the listener wants. */
  void follow() {
    targets.follow(listener.targetDirectories());
    followNamespaces();
  }

  private void followNamespaces() {
    Set<String> wanted = listener.namespaces();
    for (String path : Set.copyOf(others.keySet())) {
      WatchedNetns netns = others.get(path);
      if (netns != null && !(wanted.contains(path) && netns.isThere())) {
        others.remove(path);
        netns.close();
        if (wanted.contains(path)) {
          vacant.add(path);
          netns.tellGone(listener);
        }
      }
    }
    Set<String> missing = new HashSet<>(wanted);
    missing.removeAll(others.keySet());
    missing.forEach(
        path -> WatchedNetns.at(path, sockets, threads).ifPresent(netns -> add(path, netns)));
    vacant.retainAll(wanted);
  }

  private void add(String path, WatchedNetns netns) {
    others.put(path, netns);
    if (vacant.remove(path)) {
      netns.tellAppeared(listener);
    }
  }

  /** Waits for something to come and tells it; also ends when woken up. */
  void await(long nanos) {
    List<WatchedNetns> all = new ArrayList<>(others.values());
    all.add(own);
    try (Scratch memory = natives.scratch()) {
      int count = all.size() + 3;
      Pointer polled = memory.zeroed((long) count * POLL_BYTES);
      for (int i = 0; i < all.size(); i++) {
        ask(polled, i, all.get(i).descriptor());
      }
      ask(polled, count - 3, targets.descriptor());
      ask(polled, count - 2, pins.descriptor());
      ask(polled, count - 1, wakeUp.descriptor());
      int milliseconds = (int) ((nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI);
      int ready = natives.c().poll(polled, count, milliseconds);
      if (ready > 0) {
        tell(all, polled, count);
      } else if (ready < 0 && natives.errno() != Errno.EINTR) {
        throw KernelErrors.refused("wait for network interfaces", natives.errno());
      }
    }
  }

  private void tell(List<WatchedNetns> all, Pointer polled, int count) {
    if (isReady(polled, count - 1)) {
      wakeUp.clear();
      follow();
    }
    if (isReady(polled, count - 2)) {
      pins.read(listener::removed);
    }
    if (isReady(polled, count - 3)) {
      targets.read(listener::targetChanged);
    }
    for (int i = 0; i < all.size(); i++) {
      if (isReady(polled, i) && isOpen(all.get(i))) {
        all.get(i).read(listener);
      }
    }
  }

  private boolean isOpen(WatchedNetns netns) {
    return netns == own || others.containsValue(netns);
  }

  private static void ask(Pointer polled, int place, int descriptor) {
    polled.putInt((long) place * POLL_BYTES, descriptor);
    polled.putShort((long) place * POLL_BYTES + 4, POLLIN);
  }

  private static boolean isReady(Pointer polled, int place) {
    return polled.getShort((long) place * POLL_BYTES + 6) != 0;
  }

  @Override
  public void close() {
    others.values().forEach(WatchedNetns::close);
    own.close();
    pins.close();
    targets.close();
  }
}
