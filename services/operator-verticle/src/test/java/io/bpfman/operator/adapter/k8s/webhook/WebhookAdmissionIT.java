package io.bpfman.operator.adapter.k8s.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kube")
class WebhookAdmissionIT extends WebhookCase {
  private static final Consumer<ValidatingWebhook> AS_SHIPPED = hook -> {};
  private static final Consumer<ValidatingWebhook> STRICT = hook -> hook.setFailurePolicy("Fail");
  private static final String GOOD =
      """
      apiVersion: bpfman.io/v1alpha1
      kind: BpfApplication
      metadata:
        name: app
        namespace: default
      spec:
        nodeSelector: {}
        byteCode:
          image: {url: 'quay.io/a/b:c'}
        programs:
          - {name: counter, type: XDP, xdp: {}}
      """;
  private static final String BAD = GOOD.replace("quay.io/a/b:c", "quay.io/A/b");

  @TempDir Path directory;
  private Replica replica;

  @BeforeEach
  void start() {
    replica = new Replica(vertx, operator, InstantSource.system()).serve(0);
  }

  private void configure(Consumer<ValidatingWebhook> change) {
    Admissions.configure(client, replica.port(), change);
    replica.lead();
    Admissions.awaitRefusal(client, BAD);
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Admissions.ROOT.resolve("k8s/samples"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private String apply(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("object.yaml"), yaml);
    return KUBE.kubectl("apply", "-f", file.toString());
  }

  private String refusal(String yaml) {
    return assertThrows(IllegalStateException.class, () -> apply(yaml)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          quay.io/a/b:c | https://quay.io/a | spec.byteCode.image.url: "https://quay.io/a" is no image reference: "https:" is no registry
          {url: 'quay.io/a/b:c'} | {url: a/b, imagePullSecret: {name: login, namespace: kube-system}} | spec.byteCode.image.imagePullSecret.namespace: "kube-system" is not the application's own namespace "default"
          name: app | name: a23456789-123456789-123456789-123456789-123456789-123456789-1234 | metadata.name: must have at most 63 characters
          programs: | programs: [{name: counter, type: XDP, xdp: {}}, {name: counter, type: TC, tc: {}}] # | spec.programs[1].name: "counter" is already the name of spec.programs[0]
          xdp: {} | xdp: {links: [{networkNamespaces: {pods: {}}, interfaceSelector: {interfacesDiscoveryConfig: {interfaceAutoDiscovery: true, allowedInterfaces: ['/eth[0/']}}}]} | spec.programs[0].xdp.links[0].interfaceSelector.interfacesDiscoveryConfig.allowedInterfaces[0]: /eth[0/ is no regular expression
          nodeSelector: {} | nodeSelector: {matchExpressions: [{key: a, operator: Is}]} | spec.nodeSelector.matchExpressions[0].operator: unknown value "Is"
          """)
  void whatCannotWorkIsRefusedWithFieldAndReason(String from, String to, String words) {
    configure(STRICT);
    String yaml = GOOD.replace(from, to);
    assertTrue(!yaml.equals(GOOD), from);
    if (from.equals("programs:")) {
      yaml = yaml.substring(0, yaml.indexOf(" #"));
    }
    String message = refusal(yaml);
    assertTrue(message.contains("The BpfApplication \""), message);
    assertTrue(message.contains("\" is invalid: " + words), message);
  }

  @Test
  void aConfigThatNobodyWouldReadIsRefused() {
    configure(STRICT);
    String config = Admissions.read(Admissions.ROOT.resolve("k8s/samples/cluster/config.yaml"));
    String message = refusal(config.replace("name: bpfman-config", "name: other"));
    assertTrue(message.contains("metadata.name: \"other\" would be ignored"), message);
  }

  @Test
  void programsGetEveryProblemAsData() {
    configure(STRICT);
    String yaml = BAD.replace("name: app", "name: " + "a".repeat(64));
    KubernetesClientException refused =
        assertThrows(KubernetesClientException.class, () -> client.resource(yaml).create());
    assertEquals(422, refused.getCode());
    List<StatusCause> causes = refused.getStatus().getDetails().getCauses();
    assertEquals(
        List.of("metadata.name", "spec.byteCode.image.url"),
        causes.stream().map(StatusCause::getField).toList());
    assertEquals("FieldValueTooLong", causes.getFirst().getReason());
    assertEquals("BpfApplication", refused.getStatus().getDetails().getKind());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySamplePasses(Path sample) {
    configure(STRICT);
    double before = replica.reviews();
    KUBE.kubectl("apply", "--dry-run=server", "-f", sample.toString());
    assertTrue(replica.reviews() > before);
    KUBE.kubectl("apply", "-f", sample.toString());
    KUBE.kubectl("apply", "-f", sample.toString());
  }

  @Test
  void generatedNamesPass() {
    configure(STRICT);
    String yaml = GOOD.replace("name: app", "generateName: app-");
    HasMetadata created = client.resource(yaml).create();
    assertTrue(created.getMetadata().getName().startsWith("app-"));
  }

  @Test
  void aDryRunIsReviewedAndStoresNothing() {
    configure(STRICT);
    client.resource(GOOD).dryRun().create();
    assertThrows(KubernetesClientException.class, () -> client.resource(BAD).dryRun().create());
    assertNull(client.resource(GOOD).get());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatLeavesABadSpecAsItIsPassesAndChangesOfItDoNot(boolean withConditions) {
    String finalizers = "\n  finalizers: [bpfman.io.operator/finalizer]\n  namespace: default";
    client.resource(BAD.replace("\n  namespace: default", finalizers)).create();
    configure(
        hook -> {
          STRICT.accept(hook);
          hook.setMatchConditions(withConditions ? hook.getMatchConditions() : List.of());
        });
    double before = replica.reviews();
    KUBE.kubectl("label", "bpfapplication", "app", "team=blue");
    KUBE.kubectl("annotate", "bpfapplication", "app", "note=x");
    patch("--subresource=status", "{\"status\":{\"observedGeneration\":1}}");
    String bad = "{\"spec\":{\"nodeSelector\":{\"matchLabels\":{\"a\":\"b\"}}}}";
    assertTrue(
        assertThrows(IllegalStateException.class, () -> patch("--field-manager=x", bad))
            .getMessage()
            .contains("spec.byteCode.image.url"));
    KUBE.kubectl("delete", "--wait=false", "bpfapplication", "app");
    patch("--field-manager=x", bad);
    patch("--field-manager=x", "{\"metadata\":{\"finalizers\":null}}");
    assertNull(client.resource(BAD).get());
    // Only the refused change is a question when the server applies the conditions.
    assertEquals(withConditions, replica.reviews() - before == 1);
  }

  private static void patch(String option, String patch) {
    KUBE.kubectl("patch", "bpfapplication", "app", "--type=merge", option, "-p", patch);
  }

  @Test
  void anOperatorThatIsGoneBlocksNobody() throws IOException {
    configure(AS_SHIPPED);
    replica.stopServing();
    createUnrelated();
    apply(BAD);
    assertNotNull(client.resource(BAD).get());
  }

  @Test
  void aStrictConfigurationStopsOurKindsOnlyWhileTheOperatorIsGone() {
    client.resource(BAD).create();
    configure(STRICT);
    replica.stopServing();
    createUnrelated();
    String message = refusal(GOOD.replace("name: app", "name: other"));
    assertTrue(message.contains("failed calling webhook \"validation.bpfman.io\""), message);
    KUBE.kubectl("label", "bpfapplication", "app", "team=blue");
    KUBE.kubectl("delete", "bpfapplication", "app");
  }

  private static void createUnrelated() {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("unrelated")
            .withNamespace("default")
            .endMetadata()
            .build();
    Pod pod =
        new PodBuilder()
            .withMetadata(map.getMetadata())
            .withNewSpec()
            .addNewContainer()
            .withName("a")
            .withImage("a")
            .endContainer()
            .endSpec()
            .build();
    client.resource(map).create();
    client.resource(pod).create();
    client.resource(map).delete();
    client.resource(pod).withGracePeriod(0).delete();
  }

  @Test
  void aLargeObjectIsNotTooMuchForTheConditions() throws IOException {
    configure(STRICT);
    StringBuilder programs = new StringBuilder("programs:\n");
    for (int i = 0; i < 2000; i++) {
      programs
          .append("    - {name: counter_")
          .append(i)
          .append(
              ", type: XDP, xdp: {links: [{networkNamespaces: {pods: {}}, interfaceSelector: {interfaces: [eth0, eth1]}}]}}\n");
    }
    String large = GOOD.substring(0, GOOD.indexOf("programs:")) + programs;
    Path file = Files.writeString(directory.resolve("large.yaml"), large);
    KUBE.kubectl("create", "-f", file.toString());
    patch("--field-manager=x", "{\"spec\":{\"nodeSelector\":{\"matchLabels\":{\"a\":\"b\"}}}}");
  }
}
