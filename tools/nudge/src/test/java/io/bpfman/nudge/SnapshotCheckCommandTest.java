package io.bpfman.nudge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.nudge.NudgeHarness.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotCheckCommandTest {
  @TempDir private Path home = Path.of("");

  private static String component(String name, char digit, String revision) {
    return """
        {"name": "%s", "containerImage": "quay.io/t/%s@sha256:%s",
         "source": {"git": {"url": "https://github.com/bpfman/bpfman-vertx.git", "revision": "%s"}}}"""
        .formatted(name, name, String.valueOf(digit).repeat(64), revision);
  }

  private static String snapshot(String daemonRevision) {
    return "{\"application\": \"bpfman-ystream\", \"components\": ["
        + String.join(
            ",",
            component("bpfman-operator-ystream", 'b', "c1"),
            component("bpfman-agent-ystream", 'b', "c1"),
            component("bpfman-daemon-ystream", 'b', daemonRevision),
            component("bpfman-operator-bundle-ystream", 'd', "c4"))
        + "]}";
  }

  private String bundle(String daemon) {
    NudgeHarness.fixture(home);
    Path csv = home.resolve("olm/bundle/manifests/bpfman-operator.clusterserviceversion.yaml");
    for (String file : new String[] {csv.toString()}) {
      NudgeHarness.run(
          "update-bundle",
          file,
          "--image-pullspec",
          "registry.redhat.io/bpfman/bpfman-rhel9-operator@" + NudgeHarness.NEW,
          "--agent-pullspec",
          "registry.redhat.io/bpfman/bpfman-agent@" + NudgeHarness.NEW,
          "--bpfman-pullspec",
          "registry.redhat.io/bpfman/bpfman@sha256:" + daemon.repeat(64));
    }
    NudgeHarness.run(
        "update-configmap",
        "--configmap-file",
        home.resolve("olm/bundle/manifests/bpfman-config_v1_configmap.yaml").toString(),
        "--agent-pullspec",
        "registry.redhat.io/bpfman/bpfman-agent@" + NudgeHarness.NEW,
        "--bpfman-pullspec",
        "registry.redhat.io/bpfman/bpfman@sha256:" + daemon.repeat(64));
    return home.resolve("olm/bundle").toString();
  }

  @Test
  void imagesOfOneCommitThatTheBundleNamesAreAMatchedSet() {
    Result result =
        NudgeHarness.runWithInput(snapshot("c1"), "snapshot-check", "--bundle", bundle("b"));
    assertEquals(0, result.code(), result.out() + result.err());
    assertEquals("a matched set\n", result.out());
  }

  @Test
  void aWholeObjectInAFileIsReadToo() {
    Path file =
        NudgeHarness.write(
            home.resolve("s.json"), "{\"kind\": \"Snapshot\", \"spec\": " + snapshot("c1") + "}");
    assertEquals(0, NudgeHarness.run("snapshot-check", file.toString()).code());
  }

  @Test
  void imagesOfSeveralCommitsAreAMixedSet() {
    Result result = NudgeHarness.runWithInput(snapshot("c2"), "snapshot-check");
    assertEquals(1, result.code());
    assertTrue(
        result.out().contains("{bpfman=c2, bpfman-agent=c1, bpfman-operator=c1}"), result.out());
    assertEquals(
        0, NudgeHarness.runWithInput(snapshot("c2"), "snapshot-check", "--any-commit").code());
  }

  @Test
  void aBundleWithAnotherDigestIsAMixedSet() {
    Result result =
        NudgeHarness.runWithInput(
            snapshot("c1"), "snapshot-check", "--bundle", bundle("e"), "-o", "json");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("\"matched\" : false"), result.out());
    assertTrue(result.out().contains("containers[0].env[0].value"), result.out());
    assertTrue(result.out().contains("names sha256:eeee"), result.out());
  }

  @Test
  void aMissingComponentIsAMismatch() {
    Result result =
        NudgeHarness.runWithInput(
            "{\"components\": [" + component("bpfman-agent", 'b', "c1") + "]}", "snapshot-check");
    assertEquals(1, result.code());
    assertTrue(result.out().contains("has no component bpfman-operator-bundle"), result.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; standard input: is empty",
        "{; is no JSON",
        "[]; has no list \"components\"",
        "{\"components\": []}; has no list \"components\"",
        "{\"components\": [{\"name\": \"bpfman\"}]}; components[0]: containerImage: an image",
        "{\"components\": [{\"containerImage\": \"quay.io/a/b:latest\"}]}; is not pinned",
      })
  void unusableInputIsToldApartFromAMismatch(String input, String sentence) {
    Result result = NudgeHarness.runWithInput(input, "snapshot-check");
    assertEquals(2, result.code());
    assertTrue(result.err().contains(sentence), result.err());
  }

  @Test
  void aFileIsReadAsStandardInputIs() {
    Path file = NudgeHarness.write(home.resolve("snapshot.json"), snapshot("c1"));
    Result result = NudgeHarness.run("snapshot-check", file.toString());
    assertEquals("a matched set\n", result.out());
    assertEquals(0, result.code(), result.err());
    Result none = NudgeHarness.run("snapshot-check", home + "/none");
    assertEquals(2, none.code());
    assertEquals("bpfman-nudge: " + home + "/none: does not exist\n", none.err());
  }

  @Test
  void oneComponentTwiceIsUnusable() {
    String both = component("bpfman-daemon", 'b', "c1") + "," + component("bpfman", 'c', "c1");
    Result result = NudgeHarness.runWithInput("{\"components\": [" + both + "]}", "snapshot-check");
    assertEquals(2, result.code());
    assertTrue(result.err().contains("are both bpfman"), result.err());
  }
}
