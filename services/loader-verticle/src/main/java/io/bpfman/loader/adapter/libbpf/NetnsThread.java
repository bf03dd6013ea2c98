package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.NetworkHook;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs work inside a network namespace. Each piece gets a platform thread of its own that ends with
 * it, so that no other thread ever changes its namespace. Thread-safe.
 */
final class NetnsThread {
  private static final int CLONE_NEWNET = 0x4000_0000;

  private final Natives natives;
  private final NetnsFinder finder = new NetnsFinder();
  private final long own;

  NetnsThread(Natives natives) {
    this.natives = natives;
    this.own = NetnsInode.own();
  }

  /** Inode of the namespace of this process. */
  long own() {
    return own;
  }

  /**
   * Runs work in the namespace that has this inode, whatever path leads there now; empty when none
   * does.
   *
   * @param path where it was last; null: in the daemon's own
   */
  <T> Optional<T> within(long inode, @Nullable String path, Supplier<T> work) {
    if (inode == own) {
      return Optional.of(work.get());
    }
    return way(inode, path)
        .flatMap(
            way ->
                inside(
                    way,
                    () -> NetnsInode.own() == inode ? Optional.of(work.get()) : Optional.empty()));
  }

  /**
   * Runs work where a hook is.
   *
   * @param asked how it was found, for the NETNS_NOT_FOUND of one whose namespace is gone
   */
  <T> T inside(HookId hook, NetworkHook asked, Supplier<T> work) {
    return within(hook.netns(), asked.netns(), work)
        .orElseThrow(
            () ->
                FailureCode.NETNS_NOT_FOUND.because(
                    "the network namespace of interface %s is gone".formatted(asked),
                    "list those that have a name with: ip netns list"));
  }

  /** A path of that namespace. */
  Optional<String> way(long inode, @Nullable String path) {
    return path != null && NetnsInode.of(Path.of(path)).orElse(0) == inode
        ? Optional.of(path)
        : finder.way(inode).map(Path::toString);
  }

  /**
   * Waits for the result, also when interrupted, because the work may own descriptors.
   *
   * @param netns path; null runs the work on the calling thread, in the daemon's own namespace
   */
  <T> T inside(@Nullable String netns, Supplier<T> work) {
    if (netns == null) {
      return work.get();
    }
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              enter(netns);
              return work.get();
            });
    Thread.ofPlatform().name("netns").daemon().start(task);
    return result(task, netns);
  }

  private void enter(String netns) {
    int number = natives.c().open(netns, OpenFlags.READ);
    if (number < 0) {
      throw notFound(netns, natives.errno());
    }
    try (Descriptor namespace = new Descriptor(natives.c(), number)) {
      if (natives.c().setns(namespace.number(), CLONE_NEWNET) < 0) {
        throw refused(netns, natives.errno());
      }
    }
  }

  private static BpfmanException notFound(String netns, int errno) {
    return FailureCode.NETNS_NOT_FOUND.because(
        "network namespace %s cannot be opened: %s".formatted(netns, Errno.describe(errno)),
        "list those that have a name with: ip netns list");
  }

  private static BpfmanException refused(String netns, int errno) {
    return errno == Errno.EINVAL
        ? FailureCode.NETNS_NOT_FOUND.because(
            "%s is not a network namespace".formatted(netns),
            "give a path such as /run/netns/NAME or /proc/PID/ns/net")
        : KernelErrors.refused("enter network namespace " + netns, errno);
  }

  private static <T> T result(FutureTask<T> task, String netns) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException wanted) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof BpfmanException known
          ? known
          : FailureCode.INTERNAL.because(
              "work in network namespace %s failed: %s".formatted(netns, failed.getCause()),
              "",
              failed.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
