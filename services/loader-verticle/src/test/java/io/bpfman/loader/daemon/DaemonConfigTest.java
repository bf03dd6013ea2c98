package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.runtime.config.ConfigReader;
import io.bpfman.testkit.ReadmeTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DaemonConfigTest {
  @Test
  void readmeListsTheDeclaredSettings() {
    ReadmeTables.check(Path.of("README.md"), DaemonConfig.KEYS);
  }

  @Test
  void defaultsAreBpfmans() {
    DaemonConfig config = read(Map.of());
    assertEquals(Path.of("/run/bpfman"), config.runtimeDir());
    assertEquals(Path.of("/run/bpfman-sock/bpfman.sock"), config.socketPath());
    assertEquals(Path.of("/var/cache/bpfman"), config.imageCacheDir());
  }

  @Test
  void bpfmansFlagsAreUnderstood() {
    DaemonConfig config =
        read(
            Map.of("BPFMAN_RUNTIME_DIR", "/a"),
            "--csi-support",
            "--socket-path",
            "/b/s",
            "--runtime-dir=/c");
    assertEquals(Path.of("/c"), config.runtimeDir());
    assertEquals(Path.of("/b/s"), config.socketPath());
    assertTrue(config.csiSupport());
  }

  @Test
  void usersAreNumbers() {
    assertEquals(Set.of(), read(Map.of()).allowedUids());
    assertEquals(Set.of(0L, 1000L), read(Map.of(), "--allowed-uids", "0, 1000").allowedUids());
    BpfmanException e =
        assertThrows(BpfmanException.class, () -> read(Map.of(), "--allowed-uids", "root"));
    assertTrue(e.getMessage().contains("\"root\" is no user id"), e.getMessage());
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    BpfmanException e =
        assertThrows(
            BpfmanException.class, () -> read(Map.of(), "--sockt-path", "/x", "--runtime-dir"));
    assertTrue(e.getMessage().contains("--sockt-path"), e.getMessage());
    assertTrue(e.getMessage().contains("--runtime-dir has no value"), e.getMessage());
  }

  private static DaemonConfig read(Map<String, String> environment, String... arguments) {
    return new ConfigReader(environment, List.of(arguments))
        .read(DaemonConfig.KEYS, DaemonConfig::from);
  }
}
