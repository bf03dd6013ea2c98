package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.toml.ConfigFile;
import io.bpfman.loader.port.SigningPolicy;
import io.bpfman.model.BpfmanException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogSettingsTest {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private final Properties before = new Properties();

  @BeforeEach
  void remember() {
    before.putAll(System.getProperties());
  }

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  private static ConfigFile file(String level, boolean json, Map<String, String> components) {
    return new ConfigFile(level, json, components, SigningPolicy.DEFAULT, List.of());
  }

  @Test
  void theFileHoldsUnlessFlagOrEnvironmentSaySomethingElse() {
    LogSettings.apply(null, ConfigFile.EMPTY);
    assertEquals("info", System.getProperty(PREFIX + "defaultLogLevel"));
    LogSettings.apply(null, file("debug", false, Map.of()));
    assertEquals("debug", System.getProperty(PREFIX + "defaultLogLevel"));
    LogSettings.apply("error", file("debug", false, Map.of()));
    assertEquals("error", System.getProperty(PREFIX + "defaultLogLevel"));
    assertThrows(BpfmanException.class, () -> LogSettings.apply("loud", ConfigFile.EMPTY));
  }

  @Test
  void componentsHaveLevelsOfTheirOwn() {
    assertEquals(
        List.of(),
        LogSettings.apply(null, file("info", false, Map.of("server", "debug", "a.b", "error"))));
    assertEquals("debug", System.getProperty(PREFIX + "log.io.bpfman.loader.adapter.grpc"));
    assertEquals("error", System.getProperty(PREFIX + "log.a.b"));
  }

  @Test
  void whatTheBackendCannotDoIsTold() {
    List<String> told = LogSettings.apply(null, file("info", true, Map.of("puller", "debug")));
    assertEquals(2, told.size(), told.toString());
    assertTrue(told.getFirst().startsWith("logging.format json has no effect"));
    assertTrue(told.getLast().startsWith("logging.components.puller has no effect"));
  }
}
