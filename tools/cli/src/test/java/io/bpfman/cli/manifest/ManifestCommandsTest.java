package io.bpfman.cli.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.cli.CliHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestCommandsTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("bpfman.root", "../..")).resolve("k8s/samples");

  private final CliHarness cli = new CliHarness();

  @TempDir private Path temporary = Path.of("");
  private Path manifests = Path.of("");

  @BeforeEach
  void directory() {
    manifests = temporary.resolve("manifests");
  }

  private CliHarness.Result run(String... arguments) {
    List<String> all = new java.util.ArrayList<>(List.of(arguments));
    all.addAll(List.of("--manifests", manifests.toString()));
    return cli.run(all.toArray(String[]::new));
  }

  private Path copyOf(String sample, String from, String to) throws IOException {
    Path file = temporary.resolve("edited-" + sample);
    Files.writeString(file, Files.readString(SAMPLES.resolve(sample)).replace(from, to));
    return file;
  }

  @Test
  void allSamplesAreValid() {
    CliHarness.Result result = cli.run("validate", "-f", SAMPLES.toString());
    assertEquals(0, result.code(), result.err());
    assertEquals(4, result.out().lines().filter(line -> line.endsWith(" valid")).count());
  }

  @Test
  void validateTakesTheKindsOfAClusterAndApplyDoesNot() {
    String cluster = SAMPLES.resolve("cluster").toString();
    CliHarness.Result valid = cli.run("validate", "-f", cluster);
    assertEquals(0, valid.code(), valid.err());
    assertTrue(valid.out().contains("bpfapplication/default/pods valid\n"), valid.out());
    assertTrue(valid.out().contains("config/bpfman-config valid\n"), valid.out());
    CliHarness.Result applied = run("apply", "-f", cluster);
    assertEquals(1, applied.code());
    assertTrue(applied.err().contains("must be ClusterBpfApplication"), applied.err());
    assertFalse(Files.exists(manifests));
  }

  @Test
  void applyCreatesThenLeavesThenConfigures() throws IOException {
    String sample = SAMPLES.resolve("xdp-counter.yaml").toString();
    assertEquals("clusterbpfapplication/xdp-counter created\n", run("apply", "-f", sample).out());
    assertEquals("clusterbpfapplication/xdp-counter unchanged\n", run("apply", "-f", sample).out());
    String edited = copyOf("xdp-counter.yaml", "priority: 50", "priority: 60").toString();
    assertEquals(
        "clusterbpfapplication/xdp-counter configured\n", run("apply", "-f", edited).out());
    Path written = manifests.resolve("xdp-counter.yaml");
    assertTrue(Files.readString(written).contains("priority: 60"));
    assertEquals(0, cli.run("validate", "-f", written.toString()).code());
    try (Stream<Path> files = Files.list(manifests)) {
      assertEquals(List.of(written), files.toList());
    }
  }

  @Test
  void oneBadManifestKeepsAllFromBeingWritten() throws IOException {
    Path bad = copyOf("tcx-chain.yaml", "priority: 20", "priorty: 20");
    CliHarness.Result result =
        run("apply", "-f", SAMPLES.resolve("xdp-counter.yaml").toString(), "-f", bad.toString());
    assertEquals(1, result.code());
    assertTrue(result.err().contains("priorty"), result.err());
    assertTrue(result.err().contains(bad.toString()), result.err());
    assertFalse(Files.exists(manifests));
  }

  @Test
  void anApplicationOfAnotherFileIsNotWrittenTwice() throws IOException {
    Files.createDirectories(manifests);
    Files.copy(SAMPLES.resolve("xdp-counter.yaml"), manifests.resolve("mine.yml"));
    CliHarness.Result result = run("apply", "-f", SAMPLES.resolve("xdp-counter.yaml").toString());
    assertEquals(1, result.code());
    assertTrue(result.err().contains("mine.yml"), result.err());
  }

  @Test
  void oneNameGivenTwiceIsRefused() {
    String sample = SAMPLES.resolve("xdp-counter.yaml").toString();
    CliHarness.Result result = run("apply", "-f", sample, "-f", sample);
    assertEquals(1, result.code());
    assertTrue(result.err().contains("given twice"), result.err());
  }

  @Test
  void deleteTakesNamesOrManifests() {
    run("apply", "-f", SAMPLES.toString());
    assertEquals("clusterbpfapplication/tcx-chain deleted\n", run("delete", "tcx-chain").out());
    assertEquals(0, run("delete", "-f", SAMPLES.resolve("xdp-counter.yaml").toString()).code());
    assertFalse(Files.exists(manifests.resolve("xdp-counter.yaml")));
    assertTrue(Files.exists(manifests.resolve("uprobe-counter.yaml")));
  }

  @Test
  void deletingWhatDoesNotExistNamesWhatDoes() {
    run("apply", "-f", SAMPLES.resolve("xdp-counter.yaml").toString());
    CliHarness.Result result = run("delete", "xdp-conter");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("known: xdp-counter"), result.err());
    assertEquals(0, run("delete", "xdp-conter", "--ignore-missing").code());
  }

  @Test
  void aFileWithSeveralApplicationsIsNotDeletedForOne() throws IOException {
    Files.createDirectories(manifests);
    Path both = manifests.resolve("both.yaml");
    Files.writeString(
        both,
        Files.readString(SAMPLES.resolve("xdp-counter.yaml"))
            + "---\n"
            + Files.readString(SAMPLES.resolve("tcx-chain.yaml")));
    CliHarness.Result result = run("delete", "tcx-chain");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("both.yaml holds 2 applications"), result.err());
    assertTrue(Files.exists(both));
  }

  @Test
  void getShowsManifestsWithWhatTheOperatorSays() throws IOException {
    run("apply", "-f", SAMPLES.resolve("xdp-counter.yaml").toString());
    assertEquals(
        "NAME         NODES  PROGRAMS  STATUS   MESSAGE\nxdp-counter  0      0         Unknown\n",
        run("get", "applications").out());
    writeStatus();
    assertEquals(
        """
        NAME         NODES  PROGRAMS  STATUS   MESSAGE
        xdp-counter  1      1         Success  all 1 nodes
        """,
        run("get", "applications").out());
    assertEquals(
        """
        APPLICATION  NODE   PROGRAM      TYPE  PROGRAM ID  LINKS  STATUS
        xdp-counter  node1  xdp_counter  XDP   42          1      Success
        """,
        run("get", "programs").out());
    assertEquals(
        """
        APPLICATION  NODE   PROGRAM      TYPE  LINK ID  ATTACH POINT  STATUS
        xdp-counter  node1  xdp_counter  XDP   7        eth0          Attached
        """,
        run("get", "links").out());
    String json = run("get", "links", "xdp-counter", "-o", "json").out();
    assertTrue(json.contains("\"link_id\": 7"), json);
    assertTrue(json.contains("\"interfaceName\": \"eth0\""), json);
    assertEquals(1, run("get", "links", "other").code());
  }

  @Test
  void anApplicationWhoseManifestIsGoneIsBeingDeleted() throws IOException {
    run("apply", "-f", SAMPLES.resolve("xdp-counter.yaml").toString());
    writeStatus();
    run("delete", "xdp-counter");
    assertTrue(run("get", "applications").out().contains("Deleting"));
  }

  private void writeStatus() throws IOException {
    Path status = manifests.resolve(".status");
    Files.createDirectories(status.resolve("clusterbpfapplications"));
    Files.createDirectories(status.resolve("clusterbpfapplicationstates"));
    Files.writeString(
        status.resolve("clusterbpfapplications/xdp-counter.yaml"),
        """
        apiVersion: bpfman.io/v1alpha1
        kind: ClusterBpfApplication
        metadata:
          name: xdp-counter
        status:
          conditions:
            - type: Success
              reason: Success
              message: all 1 nodes
        """);
    Files.writeString(
        status.resolve("clusterbpfapplicationstates/xdp-counter-1.yaml"),
        """
        apiVersion: bpfman.io/v1alpha1
        kind: ClusterBpfApplicationState
        metadata:
          name: xdp-counter-1
          labels:
            bpfman.io/ownedByProgram: xdp-counter
        status:
          node: node1
          programs:
            - name: xdp_counter
              type: XDP
              programId: 42
              programLinkStatus: Success
              xdp:
                links:
                  - interfaceName: eth0
                    linkId: 7
                    linkStatus: Attached
        """);
  }
}
