package io.bpfman.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Supervisor supervisor =
      new Supervisor(
          new Screen(
              new PrintStream(written, true, StandardCharsets.UTF_8), false, 80, System.nanoTime()),
          new Random(1));

  @TempDir private Path directory = Path.of("");

  @AfterEach
  void stop() {
    supervisor.stopAll();
  }

  private Service sleeper() {
    return new Service("sleeper", List.of("sleep", "60"), directory.resolve("log"));
  }

  private static void kill(long pid) {
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  @Test
  void aProcessThatIsKilledIsStartedAgainAndBothAreSaid() {
    Service service = sleeper();
    supervisor.start(service);
    long first = service.pid();
    kill(first);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              supervisor.check();
              return service.isAlive() && service.pid() != first;
            });
    String said = written.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("sleeper ended (killed by signal 9, pid " + first), said);
    assertTrue(said.contains("sleeper started again, pid " + service.pid()), said);
    assertNotEquals(first, service.pid());
  }

  @Test
  void afterStopAllNothingRuns() {
    Service service = sleeper();
    supervisor.start(service);
    supervisor.stopAll();
    assertFalse(service.isAlive());
  }
}
