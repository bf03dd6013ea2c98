package io.bpfman.api.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The definitions are those of bpfman's main branch (commit fc45fa65), whose flattened form is in
 * src/test/resources/crd, but for the differences named here.
 */
class ReferenceListsTest {
  /** A line that reads otherwise, as regular expression and replacement. */
  private record Change(String from, String to, String reason) {}

  /** Optional fields that upstream does not have: a path, and everything below it. */
  private record Addition(String kind, String path, String reason) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change(
              "\\.spec\\.nodeselector string",
              ".spec.nodeSelector string",
              "the column names a field that exists, so it is not always empty"),
          new Change(
              "\\.(linkId|programId): integer format=int32",
              ".$1: integer format=int64 minimum=0 maximum=4294967295",
              "ids are unsigned 32 bit numbers; Kubernetes 1.36 and later refuses those above 2^31"
                  + " in an int32"),
          new Change(
              "\\Q['FEntry', 'FExit', 'KProbe', 'KRetProbe', 'TC', 'TCX', 'TracePoint', 'UProbe',"
                  + " 'URetProbe', 'XDP']\\E",
              "['XDP', 'TC', 'TCX', 'FEntry', 'FExit', 'KProbe', 'KRetProbe', 'UProbe',"
                  + " 'URetProbe', 'TracePoint']",
              "the same values in the order of the application's; the order has no meaning"));

  private static final List<Addition> ADDITIONS =
      List.of(
          new Addition(
              "application", ".status.observedGeneration", "which edit the status is about"),
          new Addition("application", ".status.nodes", "how many nodes are how far"),
          new Addition(
              "application", "  COLUMN Ready", "success on one of three nodes looks whole"),
          new Addition("application", "  COLUMN Selected", "the same"),
          new Addition("application", ".status.failures", "the causes of the first failing nodes"),
          new Addition("state", ".status.observedGeneration", "which edit the status is about"),
          new Addition("state", ".status.programs[].reason", "why a program is not loaded"),
          new Addition("state", ".status.programs[].message", "the same in words"),
          new Addition("state", ".status.programs[].*.links[].reason", "why it is not attached"),
          new Addition("state", ".status.programs[].*.links[].message", "the same in words"),
          new Addition("config", ".status.observedGeneration", "which edit the status is about"),
          new Addition("config", ".spec.agent.resources", "CPU and memory"),
          new Addition("config", ".spec.daemon.resources", "CPU and memory"),
          new Addition("config", ".spec.daemon.nodeSelector", "placement"),
          new Addition("config", ".spec.daemon.tolerations", "placement"),
          new Addition("config", ".spec.daemon.affinity", "placement"),
          new Addition("config", ".spec.daemon.priorityClassName", "placement"));

  private static CustomResourceDefinitions definitions;

  @BeforeAll
  static void readTheBeans() throws IOException {
    definitions = new CustomResourceDefinitions(TestDocs.read());
  }

  static List<Class<? extends CustomResource<?, ?>>> kinds() {
    return CustomResourceDefinitions.KINDS;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everythingElseIsTheSame(Class<? extends CustomResource<?, ?>> kind) throws IOException {
    List<String> upstream = reference(kind).lines().map(ReferenceListsTest::changed).toList();
    List<String> ours =
        FlatCrd.lines(definitions.yaml(kind)).stream()
            .filter(line -> ADDITIONS.stream().noneMatch(addition -> covers(addition, kind, line)))
            .toList();
    assertEquals(String.join("\n", upstream), String.join("\n", ours));
  }

  @Test
  void whatIsAddedIsThereAndOptional() {
    Set<Addition> seen = new HashSet<>();
    for (Class<? extends CustomResource<?, ?>> kind : kinds()) {
      for (String line : FlatCrd.lines(definitions.yaml(kind))) {
        for (Addition addition : ADDITIONS) {
          if (covers(addition, kind, line)) {
            seen.add(addition);
            assertFalse(line.matches(expression(addition) + " \\*REQ.*"), line);
          }
        }
      }
    }
    assertEquals(Set.copyOf(ADDITIONS), seen);
  }

  @Test
  void everyChangeAppliesToSomeLine() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Class<? extends CustomResource<?, ?>> kind : kinds()) {
      all.append(reference(kind));
    }
    for (Change change : CHANGES) {
      assertFalse(
          all.toString().equals(all.toString().replaceAll(change.from(), change.to())),
          change.reason());
    }
  }

  private static String changed(String line) {
    String changed = line;
    for (Change change : CHANGES) {
      changed = changed.replaceAll(change.from(), change.to());
    }
    return changed;
  }

  private static boolean covers(Addition addition, Class<?> kind, String line) {
    return kind.getSimpleName().toLowerCase(Locale.ROOT).endsWith(addition.kind())
        && line.matches(expression(addition) + "([ :.\\[].*)");
  }

  private static String expression(Addition addition) {
    return "\\Q" + addition.path().replace("*", "\\E[a-z]+\\Q") + "\\E";
  }

  private static String reference(Class<? extends HasMetadata> kind) throws IOException {
    String name = "/crd/main-" + HasMetadata.getPlural(kind) + ".txt";
    try (InputStream list = ReferenceListsTest.class.getResourceAsStream(name)) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
