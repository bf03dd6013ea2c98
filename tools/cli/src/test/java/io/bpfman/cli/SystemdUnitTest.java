package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SystemdUnitTest {
  private static final Path DIST = Path.of("src/main/dist");

  /** systemd.exec(5): each of them unshares mounts. */
  private static final List<String> OWN_MOUNTS =
      List.of(
          "Service.PrivateTmp",
          "Service.PrivateDevices",
          "Service.PrivateMounts",
          "Service.ProtectSystem",
          "Service.ProtectHome",
          "Service.ProtectKernelTunables",
          "Service.ProtectKernelModules",
          "Service.ProtectControlGroups",
          "Service.ReadWritePaths",
          "Service.ReadOnlyPaths",
          "Service.InaccessiblePaths",
          "Service.DynamicUser",
          "Service.RootDirectory");

  private Map<String, String> unit = Map.of();

  @BeforeEach
  void readUnit() throws IOException {
    Map<String, String> read = new LinkedHashMap<>();
    String section = "";
    for (String line : Files.readAllLines(DIST.resolve("systemd/bpfman.service"))) {
      if (line.startsWith("[")) {
        assertTrue(line.endsWith("]"), line);
        section = line.substring(1, line.length() - 1);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        int equals = line.indexOf('=');
        assertTrue(equals > 0 && !section.isEmpty(), line);
        String key = section + "." + line.substring(0, equals);
        assertNull(read.put(key, line.substring(equals + 1)), "twice: " + key);
      }
    }
    unit = Map.copyOf(read);
  }

  @Test
  void startsTheLauncherOfThisDistributionAndWaitsForItsWord() {
    String[] words = unit.getOrDefault("Service.ExecStart", "").split(" ", -1);
    assertTrue(words[0].endsWith("/bin/bpfman"), words[0]);
    assertTrue(Files.exists(DIST.resolve("bin/bpfman")));
    assertEquals("serve", words[1]);
    assertEquals("notify", unit.get("Service.Type"));
    assertEquals("30", unit.get("Service.WatchdogSec"));
    assertEquals("multi-user.target", unit.get("Install.WantedBy"));
  }

  @Test
  void keepsTheDaemonInTheMountNamespaceOfTheHost() {
    OWN_MOUNTS.forEach(option -> assertFalse(unit.containsKey(option), option));
  }

  @Test
  void leavesTheRightsThatLoadingNeeds() {
    List<String> rights =
        List.of(unit.getOrDefault("Service.CapabilityBoundingSet", "").split(" ", -1));
    assertTrue(
        rights.containsAll(
            List.of("CAP_BPF", "CAP_PERFMON", "CAP_NET_ADMIN", "CAP_SYS_ADMIN", "CAP_SYS_PTRACE")),
        rights.toString());
    assertTrue(
        List.of(unit.getOrDefault("Service.RestrictAddressFamilies", "").split(" ", -1))
            .containsAll(List.of("AF_UNIX", "AF_NETLINK")));
    assertFalse(unit.containsKey("Service.MemoryDenyWriteExecute"), "the JVM compiles");
  }
}
