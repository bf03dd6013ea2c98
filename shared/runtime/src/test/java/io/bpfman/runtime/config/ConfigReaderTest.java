package io.bpfman.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.runtime.cluster.ClusterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
  private static final ConfigKey<String> NODE = ConfigKey.text("node.name", "Name of the node.");
  private static final ConfigKey<Integer> PORT =
      ConfigKey.integer("http.port", 1, 65_535, "Port.").withDefault(8080);
  private static final ConfigKey<Duration> EVERY =
      ConfigKey.duration("report.every", Duration.ofMillis(100), Duration.ofMinutes(5), "Interval.")
          .withDefault(Duration.ofSeconds(5));
  private static final ConfigKey<Path> DIRECTORY =
      ConfigKey.path("runtime-dir", "Directory.").orEnv("RUN_DIR").optional();
  private static final ConfigKey<Boolean> CSI = ConfigKey.flag("csi-support", "Serve CSI.");
  private static final ConfigKey<List<String>> LABELS =
      ConfigKey.list("node.labels", "Labels.").withDefault(List.of());
  private static final List<ConfigKey<?>> KEYS = List.of(NODE, PORT, EVERY, DIRECTORY, CSI, LABELS);

  record Read(
      String node,
      int port,
      Duration every,
      Optional<Path> directory,
      boolean csi,
      List<String> labels) {}

  @Test
  void defaultsHoldWhereNothingIsSet() {
    assertEquals(
        new Read("n1", 8080, Duration.ofSeconds(5), Optional.empty(), false, List.of()),
        read(Map.of("BPFMAN_NODE_NAME", "n1")));
  }

  @Test
  void everyKindIsReadFromFlagsInBothForms() {
    assertEquals(
        new Read(
            "n=1",
            9,
            Duration.ofMillis(250),
            Optional.of(Path.of("/run/x")),
            true,
            List.of("a=b", "c=d")),
        read(
            Map.of(),
            "--node-name=n=1",
            "--http-port",
            "9",
            "--report-every=250ms",
            "--csi-support",
            "--runtime-dir",
            "/run/x",
            "--node-labels=a=b, c=d,"));
  }

  @Test
  void everyKindIsReadFromTheEnvironmentAndFlagsWin() {
    Map<String, String> environment =
        Map.of(
            "BPFMAN_NODE_NAME", "env",
            "BPFMAN_HTTP_PORT", "1",
            "BPFMAN_REPORT_EVERY", "2m",
            "BPFMAN_CSI_SUPPORT", "true",
            "RUN_DIR", "/run/y",
            "BPFMAN_NODE_LABELS", "");

    assertEquals(
        new Read(
            "flag", 1, Duration.ofMinutes(2), Optional.of(Path.of("/run/y")), false, List.of()),
        read(environment, "--node-name", "flag", "--csi-support=false"));
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    BpfmanException thrown =
        assertThrows(
            BpfmanException.class,
            () ->
                read(
                    Map.of("BPFMAN_REPORT_EVERY", "5"),
                    "--http-port=70000",
                    "--nodename=x",
                    "--node-labels",
                    "--csi-support=maybe",
                    "extra",
                    "--http-port=1"));

    assertEquals(FailureCode.CONFIGURATION_INVALID, thrown.code());
    String message = thrown.failure().message();
    assertTrue(message.contains("node.name is not set: give --node-name or set BPFMAN_NODE_NAME"));
    assertTrue(message.contains("BPFMAN_REPORT_EVERY \"5\" has no unit of ms, s, m, h"), message);
    assertTrue(message.contains("flag --nodename is unknown; nearest: --node-name"), message);
    assertTrue(message.contains("flag --node-labels has no value"), message);
    assertTrue(message.contains("--csi-support \"maybe\" is neither true nor false"), message);
    assertTrue(message.contains("argument \"extra\" is not expected"), message);
    assertTrue(message.contains("flag --http-port is given twice"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "--http-port, 0, is not within 1 to 65535",
    "--http-port, 1.5, is no whole number",
    "--report-every, 6m, is not within 100ms to 5m",
    "--report-every, 99ms, is not within 100ms to 5m",
    "--report-every, fast, is no duration"
  })
  void aValueOutOfRangeIsNamedWithItsRange(String flag, String value, String expected) {
    BpfmanException thrown =
        assertThrows(
            BpfmanException.class, () -> read(Map.of(), "--node-name=n", flag + "=" + value));

    String message = thrown.failure().message();
    assertTrue(message.contains("%s \"%s\" %s".formatted(flag, value, expected)), message);
  }

  @Test
  void helpAndTableListEveryKeyWithItsDefault() {
    String help = ConfigReader.help("bpfman-agent", KEYS);
    String table = ConfigReader.table(KEYS);

    assertTrue(help.contains("Usage: bpfman-agent [flags]"));
    assertTrue(help.contains("--report-every  (100ms to 5m; default 5s;"), help);
    assertTrue(table.contains("| `--node-name` | `BPFMAN_NODE_NAME` | text | required |"), table);
    assertTrue(
        table.contains(
            "| `--runtime-dir` | `BPFMAN_RUNTIME_DIR`, `RUN_DIR` | path | none | Directory. |"),
        table);
    assertEquals(KEYS.size() + 2, table.lines().count());
  }

  @Test
  void helpIsAskedForByEitherFlag() {
    assertTrue(new ConfigReader(Map.of(), List.of("-h")).wantsHelp());
    assertTrue(new ConfigReader(Map.of(), List.of("--help")).wantsHelp());
    assertFalse(new ConfigReader(Map.of(), List.of("--helpless")).wantsHelp());
  }

  @Test
  void clusterSettingsJoinWithThoseOfAService() {
    List<ConfigKey<?>> keys = ConfigReader.join(ClusterConfig.KEYS, List.of(NODE));
    ConfigReader reader =
        new ConfigReader(Map.of(), List.of("--node-name=n", "--cluster-members=a:1,b:2"));

    ClusterConfig lite = reader.read(keys, ClusterConfig::from);
    assertEquals(
        new ClusterConfig("bpfman", "127.0.0.1", null, 0, List.of("a:1", "b:2"), false), lite);
    assertEquals(5701, lite.asDataMember().port());
  }

  private static Read read(Map<String, String> environment, String... arguments) {
    return new ConfigReader(environment, List.of(arguments))
        .read(
            KEYS,
            values ->
                new Read(
                    values.get(NODE),
                    values.get(PORT),
                    values.get(EVERY),
                    values.find(DIRECTORY),
                    values.get(CSI),
                    values.get(LABELS)));
  }
}
