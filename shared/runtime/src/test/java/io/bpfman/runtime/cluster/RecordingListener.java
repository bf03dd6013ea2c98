package io.bpfman.runtime.cluster;

import io.bpfman.model.BpfmanException;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Writes down what a membership says. */
final class RecordingListener implements MembershipListener {
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final AtomicReference<@Nullable Vertx> vertx = new AtomicReference<>();

  void failNext(RuntimeException thrown) {
    failure.set(thrown);
  }

  List<String> calls() {
    return List.copyOf(calls);
  }

  boolean isJoined() {
    return calls.contains("joined");
  }

  /** Of the last join. */
  Vertx vertx() {
    return Objects.requireNonNull(vertx.get());
  }

  @Override
  public void onJoined(Vertx clustered) {
    calls.add("joined");
    vertx.set(clustered);
    RuntimeException thrown = failure.getAndSet(null);
    if (thrown != null) {
      throw thrown;
    }
  }

  @Override
  public void onLost(String why) {
    calls.add("lost: " + why);
  }

  @Override
  public void onFailed(BpfmanException thrown) {
    calls.add("failed: " + thrown.getMessage());
  }
}
