package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateConfigmapCommandTest {
  private static final String AGENT = "quay.io/bpfman/bpfman-agent@" + NudgeHarness.NEW;
  private static final String DAEMON = "quay.io/bpfman/bpfman@" + NudgeHarness.NEW;

  @TempDir private Path home = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void fixture() {
    NudgeHarness.fixture(home);
    file = home.resolve("olm/bundle/manifests/bpfman-config_v1_configmap.yaml");
  }

  private Result update(Path target) {
    return NudgeHarness.run(
        "update-configmap",
        "--configmap-file",
        target.toString(),
        "--agent-pullspec",
        AGENT,
        "--bpfman-pullspec",
        DAEMON);
  }

  @Test
  void bothKeysOfTheConfigMapAreSetAndNothingElse() {
    String before = NudgeHarness.read(file);
    assertEquals(0, update(file).code());
    assertEquals(
        before
            .replace("quay.io/bpfman/bpfman-agent:latest", AGENT)
            .replace("quay.io/bpfman/bpfman:latest", DAEMON),
        NudgeHarness.read(file));
    assertTrue(update(file).out().contains("0 of 2 values changed"));
  }

  @Test
  void aConfigObjectAmongSeveralDocumentsIsFoundInAFileWithCarriageReturns() {
    String text =
        NudgeHarness.read(NudgeHarness.project().resolve("k8s/samples/cluster/config.yaml"));
    String two = ("kind: Namespace\nmetadata: {name: bpfman}\n---\n" + text).replace("\n", "\r\n");
    Path config = NudgeHarness.write(home.resolve("config.yaml"), two);
    Result result = update(config);
    assertEquals(0, result.code(), result.err());
    assertEquals(
        two.replace("quay.io/bpfman/bpfman-agent:latest", AGENT)
            .replace("quay.io/bpfman/bpfman:latest", DAEMON),
        NudgeHarness.read(config));
  }

  @Test
  void aFileWithoutTheKeysIsRefused() {
    Path other = NudgeHarness.write(home.resolve("o.yaml"), "kind: ConfigMap\ndata: {a: b}\n");
    Result result = update(other);
    assertEquals(2, result.code());
    assertTrue(
        result
            .err()
            .contains(
                "nothing refers to bpfman-agent (--agent-pullspec), bpfman (--bpfman-pullspec)"),
        result.err());
    assertEquals("kind: ConfigMap\ndata: {a: b}\n", NudgeHarness.read(other));
  }

  @Test
  void withoutAnyReferenceItIsAUsageError() {
    assertEquals(
        80, NudgeHarness.run("update-configmap", "--configmap-file", file.toString()).code());
  }
}
