package io.bpfman.testkit.violations.core;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/** Does what decisions must not do; never run. */
public final class Impure {
  private Impure() {}

  public static Future<Instant> now(Optional<Long> delay) throws InterruptedException {
    Thread.sleep(delay.orElse(1L));
    return Future.succeededFuture(Instant.now());
  }

  public static void main(String[] arguments) {
    System.out.println("%.1f".formatted(1.5).toLowerCase());
  }
}
