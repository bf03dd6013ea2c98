package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
  private static final long PID = 7;

  @TempDir Path directory;

  @Test
  void messagesArriveAtThePathThatTheEnvironmentNames() throws Exception {
    Path file = directory.resolve("notify");
    try (FakeServiceManager systemd = new FakeServiceManager(file)) {
      ServiceManager manager = manager(Map.of("NOTIFY_SOCKET", file.toString()));
      manager.ready();
      manager.alive();
      manager.stopping();
      assertEquals(
          List.of(
              "READY=1",
              "STATUS=serving",
              "WATCHDOG=1",
              "STOPPING=1",
              "STATUS=stopping; programs stay"),
          systemd.lines());
    }
  }

  @Test
  void messagesArriveAtANameWithoutFile() throws Exception {
    String name = "bpfman-test-" + directory.getFileName();
    try (FakeServiceManager systemd = new FakeServiceManager("\0" + name)) {
      manager(Map.of("NOTIFY_SOCKET", "@" + name)).alive();
      assertEquals(List.of("WATCHDOG=1"), systemd.lines());
    }
  }

  @Test
  void nothingHappensWhenNobodyAskedOrNobodyListens() {
    manager(Map.of()).ready();
    manager(Map.of("NOTIFY_SOCKET", "vsock:1:2")).ready();
    manager(Map.of("NOTIFY_SOCKET", directory.resolve("absent").toString())).ready();
  }

  @Test
  void pingsComeTwiceWithinTheLimitThatIsMeantForThisProcess() {
    assertEquals(Optional.of(Duration.ofSeconds(15)), interval("30000000", "7"));
    assertEquals(Optional.empty(), interval("30000000", "8"));
    assertEquals(Optional.empty(), interval("0", "7"));
    assertEquals(Optional.empty(), interval("soon", "7"));
    assertEquals(Optional.empty(), manager(Map.of("WATCHDOG_USEC", "30000000")).pingInterval());
  }

  private Optional<Duration> interval(String limit, String pid) {
    return manager(Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", limit, "WATCHDOG_PID", pid))
        .pingInterval();
  }

  private static ServiceManager manager(Map<String, String> environment) {
    return ServiceManager.of(environment, PID);
  }
}
