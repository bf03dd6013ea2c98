package io.bpfman.api.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.model.BpfmanException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kinds that only a cluster has, on the samples that the API server is tested with, too. */
class ResourceManifestTest {
  private static final Path DIRECTORY = Path.of(System.getProperty("bpfman.root"), "k8s/samples");

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static String refusal(String sample, String from, String to) throws IOException {
    String text = Files.readString(DIRECTORY.resolve(sample));
    assertTrue(text.contains(from), sample + " has no " + from);
    String edited = text.replace(from, to);
    return assertThrows(BpfmanException.class, () -> ManifestReader.readResources("x.yaml", edited))
        .failure()
        .message();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsValid(Path sample) {
    assertEquals(1, ManifestReader.readResources(sample).size());
  }

  @Test
  void theSamplesShowEveryProgramTypeAndEveryKind() throws IOException {
    Set<Class<?>> kinds = new HashSet<>();
    StringBuilder all = new StringBuilder();
    for (Path sample : samples()) {
      kinds.add(ManifestReader.readResources(sample).getFirst().getClass());
      all.append(Files.readString(sample));
    }
    assertEquals(Set.of(ClusterBpfApplication.class, BpfApplication.class, Config.class), kinds);
    for (String type : List.of("XDP", "TC", "TCX", "FEntry", "FExit", "KProbe", "KRetProbe")) {
      assertTrue(all.indexOf("type: " + type + "\n") >= 0, type);
    }
    for (String type : List.of("UProbe", "URetProbe", "TracePoint")) {
      assertTrue(all.indexOf("type: " + type + "\n") >= 0, type);
    }
  }

  @Test
  void everyObjectThatASampleNamesHasASourceWithItsPrograms() throws IOException {
    Pattern object = Pattern.compile("path: /run/bpfman-samples/(\\w+)\\.o");
    Pattern program = Pattern.compile("(?m)^    - name: (\\w+)$");
    int checked = 0;
    for (Path sample : samples()) {
      String text = Files.readString(sample);
      Matcher name = object.matcher(text);
      if (name.find()) {
        String source = source(name.group(1) + ".c");
        for (Matcher each = program.matcher(text); each.find(); checked++) {
          assertTrue(source.contains("int " + each.group(1) + "("), sample + " " + each.group(1));
        }
      }
    }
    assertTrue(checked >= 12, "programs checked: " + checked);
  }

  private static String source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(DIRECTORY)) {
      return Files.readString(files.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cluster/pods.yaml | type: XDP | type: KProbe | spec.programs[0].type: unknown value",
        "cluster/pods.yaml | app: web | app: 7 | wrong type: must be text, is 7",
        "cluster/config.yaml | name: bpfman-config | name: mine | \"mine\" would be ignored",
        "cluster/config.yaml | healthProbePort: 8175 | healthProbePort: 0 | must be 1 to 65535, is 0",
        "cluster/config.yaml | memory: 96Mi | memory: 96MB | such as 96Mi or 0.5",
        "cluster/config.yaml | tolerations: | toleration: | unknown field; known: tolerations",
        "cluster/config.yaml | namespace: bpfman\\n  a | namespace: ''\\n  a | must not be empty",
        "cluster/config.yaml | unmanaged: true | unmanaged: 'yes' | must be true or false",
      })
  void aMistakeInAKindOfTheClusterIsNamed(String sample, String from, String to, String reason)
      throws IOException {
    String message = refusal(sample, from.replace("\\n", "\n"), to.replace("\\n", "\n"));
    assertTrue(message.contains(reason), message);
  }

  @Test
  void aNamespacedApplicationMustSelectPodsAndCannotNameANamespace() throws IOException {
    String pods = "\n              pods:\n                matchLabels:\n                  app: web";
    String network = "\n            networkNamespaces:" + pods;
    String missing = refusal("cluster/pods.yaml", network, "");
    assertTrue(missing.contains("xdp.links[0].networkNamespaces: is required"), missing);
    String named =
        refusal("cluster/pods.yaml", network, network + "\n              namespace: kube-system");
    assertTrue(named.contains("networkNamespaces.namespace: unknown field"), named);
    String containers =
        refusal(
            "cluster/pods.yaml",
            "\n            containers:"
                + pods
                + "\n              containerNames:\n                - server",
            "");
    assertTrue(containers.contains("uprobe.links[0].containers: is required"), containers);
  }

  @Test
  void aSecretOfAnotherNamespaceIsRefused() throws IOException {
    String message =
        refusal(
            "cluster/pods.yaml", "name: pods\n  namespace: default", "name: pods\n  namespace: x");
    assertTrue(
        message.contains("\"default\" is not the application's own namespace \"x\""), message);
  }

  @Test
  void defaultsOfAConfigAreFilledIn() throws IOException {
    String text = Files.readString(DIRECTORY.resolve("cluster/config.yaml"));
    String shorter = text.replace("    healthProbePort: 8175\n", "");
    Config config = (Config) ManifestReader.readResources("x", shorter).getFirst();
    assertEquals(8175, config.getSpec().getAgent().getHealthProbePort());
    assertEquals(
        "96", config.getSpec().getAgent().getResources().getRequests().get("memory").getAmount());
  }

  @Test
  void equalNamesOfTwoKindsOrNamespacesAreNoDuplicates() throws IOException {
    String pods = Files.readString(DIRECTORY.resolve("cluster/pods.yaml"));
    String other =
        pods.replace("name: pods\n  namespace: default", "name: pods\n  namespace: blue")
            .replace("        namespace: default", "        namespace: blue");
    String both = pods + "---\n" + other;
    assertEquals(2, ManifestReader.readResources("x", both).size());
    BpfmanException twice =
        assertThrows(
            BpfmanException.class, () -> ManifestReader.readResources("x", pods + "---\n" + pods));
    assertTrue(twice.failure().message().contains("BpfApplication \"pods\" is already in line"));
  }

  @Test
  void aSingleHostTakesClusterWideApplicationsOnly() throws IOException {
    String pods = Files.readString(DIRECTORY.resolve("cluster/pods.yaml"));
    List<ManifestProblem> problems = ManifestReader.check("x", pods).problems();
    assertTrue(
        problems.stream()
            .anyMatch(
                problem ->
                    problem
                        .message()
                        .equals("\"BpfApplication\" is not known; must be ClusterBpfApplication")),
        problems.toString());
  }
}
