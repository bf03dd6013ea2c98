package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.port.KernelListener;
import io.bpfman.loader.port.KernelWatch;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import java.time.Duration;

/**
 * The thread that waits for what the kernel tells: one for all namespaces and directories. It opens
 * and closes all descriptors itself.
 */
final class WatchThread implements KernelWatch {
  private final Natives natives;
  private final NetnsThread netns;
  private final KernelListener listener;
  private final long tickNanos;
  private final WakeUp wakeUp;
  private final Thread thread;
  private volatile boolean stopped;

  private WatchThread(Natives natives, NetnsThread netns, KernelListener listener, Duration tick) {
    this.natives = natives;
    this.netns = netns;
    this.listener = listener;
    this.tickNanos = tick.toNanos();
    this.wakeUp = new WakeUp(natives);
    this.thread = Thread.ofPlatform().name("kernel-watch").daemon().unstarted(this::run);
  }

  static WatchThread start(
      Natives natives, NetnsThread netns, KernelListener listener, Duration tick) {
    WatchThread watch = new WatchThread(natives, netns, listener, tick);
    watch.thread.start();
    return watch;
  }

  @Override
  public void wake() {
    wakeUp.wake();
  }

  @Override
  public void stop() {
    stopped = true;
    wakeUp.wake();
  }

  @Override
  public boolean awaitEnd(Duration limit) {
    try {
      return thread.join(limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    try (wakeUp) {
      listener.prepare();
      watch();
    } catch (BpfmanException e) {
      failed(e);
    } catch (RuntimeException e) {
      failed(FailureCode.INTERNAL.because("watching the kernel failed: " + e, "", e));
    }
  }

  private void failed(BpfmanException reason) {
    if (!stopped) {
      listener.failed(reason);
    }
  }

  private void watch() {
    try (WatchedSources sources = new WatchedSources(natives, netns, wakeUp, listener)) {
      sources.follow();
      listener.started();
      long next = System.nanoTime() + tickNanos;
      while (!stopped) {
        long left = next - System.nanoTime();
        if (left > 0) {
          sources.await(left);
        } else {
          sources.follow();
          listener.tick();
          next = System.nanoTime() + tickNanos;
        }
      }
    }
  }
}
