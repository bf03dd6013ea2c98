package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.InterfaceChange;
import io.bpfman.loader.port.KernelListener;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The interfaces of one network namespace, watched through one socket. One thread. */
final class WatchedNetns implements AutoCloseable {
  private final RouteSocket sockets;
  private final NetnsThread threads;
  private final @Nullable String path;
  private final long inode;
  private final InterfaceTable table;
  private Descriptor socket;

  /** A socket and what was there right after it began to listen. */
  private record Opened(Descriptor socket, List<InterfaceTable.Facts> interfaces) {}

  private WatchedNetns(
      RouteSocket sockets, NetnsThread threads, @Nullable String path, long inode) {
    this.sockets = sockets;
    this.threads = threads;
    this.path = path;
    this.inode = inode;
    this.table = new InterfaceTable(path);
    Opened opened = open();
    this.socket = opened.socket();
    table.begin(opened.interfaces());
  }

  /** The daemon's own namespace. */
  static WatchedNetns own(RouteSocket sockets, NetnsThread threads) {
    return new WatchedNetns(sockets, threads, null, 0);
  }

  /** Empty when there is no such namespace. */
  static Optional<WatchedNetns> at(String path, RouteSocket sockets, NetnsThread threads) {
    long inode = inode(path);
    if (inode == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new WatchedNetns(sockets, threads, path, inode));
    } catch (BpfmanException e) {
      if (e.code() == FailureCode.NETNS_NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** 0 when there is nothing. */
  private static long inode(String path) {
    return NetnsInode.of(Path.of(path)).orElse(0);
  }

  private Opened open() {
    return threads.inside(
        path,
        () -> {
          Descriptor listening = sockets.listening();
          try {
            return new Opened(listening, sockets.interfaces());
          } catch (RuntimeException e) {
            listening.close();
            throw e;
          }
        });
  }

  int descriptor() {
    return socket.number();
  }

  /** Whether the path still leads to this namespace. */
  boolean isThere() {
    return path == null || inode(path) == inode;
  }

  /** Tells what has come; what the kernel had to drop is found by comparing. */
  void read(KernelListener listener) {
    RouteSocket.Heard heard = sockets.drain(socket);
    boolean filters = heard.lost();
    for (RouteMessage message : heard.messages()) {
      switch (message) {
        case RouteMessage.Seen seen -> tell(listener, table.seen(seen.facts()));
        case RouteMessage.Gone gone -> tell(listener, table.gone(gone.index()));
        case RouteMessage.FilterGone gone -> filters = true;
        case RouteMessage.End end -> {}
      }
    }
    if (heard.lost() && isThere()) {
      reopen(listener);
    }
    if (filters) {
      listener.filtersChanged(path);
    }
  }

  private void reopen(KernelListener listener) {
    Opened opened = open();
    socket.close();
    socket = opened.socket();
    tell(listener, table.compare(opened.interfaces()));
  }

  /** To be called when it is no longer there. */
  void tellGone(KernelListener listener) {
    tell(listener, table.allGone());
  }

  /** To be called when another namespace was at this path before. */
  void tellAppeared(KernelListener listener) {
    tell(listener, table.allAppeared());
  }

  private static void tell(KernelListener listener, List<InterfaceChange> changes) {
    changes.forEach(listener::interfaceChanged);
  }

  @Override
  public void close() {
    socket.close();
  }
}
