package io.bpfman.demo;

import io.bpfman.model.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Starts processes and starts them again when they end. Works only when {@link #check} is called;
 * one thread.
 */
final class Supervisor {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

  /** After this long the next end counts as the first. */
  private static final Duration STEADY = Duration.ofSeconds(60);

  private static final int TERM_SECONDS = 5;

  private static final class Care {
    private int failures;
    private long startedAt;
    private long restartAt;
    private boolean down;
  }

  private final Screen screen;
  private final RandomGenerator random;
  private final List<Service> services = new ArrayList<>();
  private final Map<Service, Care> care = new HashMap<>();

  Supervisor(Screen screen, RandomGenerator random) {
    this.screen = screen;
    this.random = random;
  }

  List<Service> services() {
    return List.copyOf(services);
  }

  void start(Service service) {
    services.add(service);
    Care own = new Care();
    own.startedAt = System.nanoTime();
    care.put(service, own);
    service.start();
  }

  /** Says which ended, and starts those again whose time has come. */
  void check() {
    long now = System.nanoTime();
    for (Service service : services) {
      Care own = care.computeIfAbsent(service, _ -> new Care());
      if (!service.isAlive() && !own.down) {
        ended(service, own, now);
      } else if (own.down && now - own.restartAt >= 0) {
        own.down = false;
        own.startedAt = now;
        service.start();
        screen.notice("%s started again, pid %d".formatted(service.name(), service.pid()));
      }
    }
  }

  /** SIGTERM to all, SIGKILL to those that ignore it. */
  void stopAll() {
    services.forEach(Service::terminate);
    for (Service service : services) {
      if (!service.awaitEnd(TERM_SECONDS)) {
        screen.notice(
            "%s did not end within %d s of SIGTERM and was killed"
                .formatted(service.name(), TERM_SECONDS));
      }
    }
  }

  private void ended(Service service, Care own, long now) {
    boolean steady = now - own.startedAt > STEADY.toNanos();
    own.failures = steady ? 1 : own.failures + 1;
    Duration delay = BACKOFF.delay(own.failures, random);
    own.restartAt = now + delay.toNanos();
    own.down = true;
    screen.notice(
        "%s ended (%s, pid %d); starting it again in %.1f s"
            .formatted(service.name(), service.ending(), service.pid(), delay.toMillis() / 1000.0));
  }
}
