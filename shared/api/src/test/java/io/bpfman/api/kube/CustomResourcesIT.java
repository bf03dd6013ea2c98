package io.bpfman.api.kube;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.api.v1alpha1.NodeCounts;
import io.bpfman.api.v1alpha1.PullPolicy;
import io.bpfman.api.v1alpha1.TcProceedOn;
import io.bpfman.api.v1alpha1.XdpLink;
import io.bpfman.api.v1alpha1.XdpProceedOn;
import io.bpfman.testkit.kube.KubeServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("kube")
class CustomResourcesIT {
  @RegisterExtension static final KubeServer KUBE = new KubeServer();

  private static final long LARGEST_ID = 4_294_967_295L;

  private static KubernetesClient client;

  @BeforeAll
  static void install() {
    client = Cluster.client(KUBE);
    Cluster.installDefinitions(KUBE, client);
  }

  @AfterAll
  static void disconnect() {
    client.close();
  }

  @AfterEach
  void deleteAll() {
    client.resources(ClusterBpfApplication.class).delete();
    client.resources(BpfApplication.class).inAnyNamespace().delete();
    client.resources(ClusterBpfApplicationState.class).delete();
    client.resources(Config.class).delete();
  }

  /** Unknown fields are refused, too, as kubectl does. */
  private static HasMetadata create(String yaml) {
    return client.resource(yaml).fieldValidation(Validation.STRICT).create();
  }

  private static String refusal(String yaml) {
    return assertThrows(KubernetesClientException.class, () -> create(yaml)).getMessage();
  }

  private static String edited(String sample, String from, String to) {
    String text = Cluster.sample(sample);
    assertTrue(text.contains(from), sample + " has no " + from);
    return text.replace(from, to);
  }

  static List<Path> samples() throws IOException {
    return Cluster.samples();
  }

  @Test
  void theServerServesAllFiveKindsWithStructuralSchemas() {
    assertEquals(5, Cluster.definitions(client).size());
    for (var definition : Cluster.definitions(client)) {
      String name = definition.getMetadata().getName();
      assertTrue(Cluster.is(definition, "NamesAccepted"), name);
      assertTrue(!Cluster.is(definition, "NonStructuralSchema"), name);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsAccepted(Path sample) throws IOException {
    assertNotNull(create(Files.readString(sample)).getMetadata().getUid());
  }

  @ParameterizedTest
  @CsvSource({
    "XDP, xdp",
    "TC, tc",
    "TCX, tcx",
    "FEntry, fentry",
    "FExit, fexit",
    "KProbe, kprobe",
    "KRetProbe, kretprobe",
    "UProbe, uprobe",
    "URetProbe, uretprobe",
    "TracePoint, tracepoint"
  })
  void aProgramWithoutTheMemberOfItsTypeIsRefused(String type, String member) {
    String yaml =
        """
        apiVersion: bpfman.io/v1alpha1
        kind: ClusterBpfApplication
        metadata: {name: broken}
        spec:
          nodeSelector: {}
          byteCode: {path: /x.o}
          programs: [{name: program, type: %s}]
        """
            .formatted(type);
    String words =
        "%1$s configuration is required when type is %1$s, and forbidden otherwise"
            .formatted(member);
    assertTrue(refusal(yaml).contains(words), refusal(yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "xdp-counter.yaml | type: XDP | type: Tracepoint | Unsupported value: \"Tracepoint\"",
        "xdp-counter.yaml | type: XDP | type: TC | xdp configuration is required when type is xdp",
        "xdp-counter.yaml | priority: 50 | priority: 1001 | should be less than or equal to 1000",
        "xdp-counter.yaml | priority: 50 | priorty: 50 | unknown field",
        "xdp-counter.yaml | name: xdp_counter | name: 2x | should match '^[a-zA-Z][a-zA-Z0-9_]+.'",
        "xdp-counter.yaml | path: /run | path: run | should match '^(/[^/\\0]+)+/?$'",
        "xdp-counter.yaml | path: /run | image: {url: x}\\n"
            + "    path: /run | must have at most 1 item",
        "xdp-counter.yaml | nodeSelector: {} | mapOwnerSelector: {} | spec.nodeSelector: Required",
        "types/tc-counter.yaml | Egress | egress | Unsupported value: \"egress\"",
        "types/fentry-counter.yaml | mode: Attach | mode: Detach | supported values: \"Attach\"",
        "cluster/pods.yaml | type: XDP | type: KProbe | Unsupported value: \"KProbe\"",
        "cluster/pods.yaml | pods:\\n | namespace: x\\n              pods:\\n | unknown field",
        "cluster/config.yaml | healthProbePort: 8175 | healthProbePort: 0 | equal to 1",
        "cluster/config.yaml | image: quay.io/bpfman/bpfman:latest | image: '' | at least 1 chars",
        "cluster/config.yaml | cpu: 10m | cpu: ten | should match",
      })
  void anInvalidObjectIsRefusedWithTheReason(String sample, String from, String to, String reason) {
    String yaml = edited(sample, from.replace("\\n", "\n"), to.replace("\\n", "\n"));
    String message = refusal(yaml);
    assertTrue(message.contains(reason), message);
  }

  @Test
  void aNamespacedApplicationMustSelectPods() {
    String pods = "\n              pods:\n                matchLabels:\n                  app: web";
    String network =
        refusal(edited("cluster/pods.yaml", "\n            networkNamespaces:" + pods, ""));
    assertTrue(network.contains("xdp.links[0].networkNamespaces: Required value"), network);
    String names = "\n              containerNames:\n                - server";
    String containers =
        refusal(edited("cluster/pods.yaml", "\n            containers:" + pods + names, ""));
    assertTrue(containers.contains("uprobe.links[0].containers: Required value"), containers);
  }

  @Test
  void aSecondLinkOfAProgramThatIsFixedAtLoadIsRefused() {
    String two = "- mode: Attach\n          - mode: Attach";
    String message = refusal(edited("types/fentry-counter.yaml", "- mode: Attach", two));
    assertTrue(message.contains("must have at most 1 item"), message);
  }

  @Test
  void theSameOverrideTwiceIsRefused() {
    String config = Cluster.sample("cluster/config.yaml");
    String override = config.substring(config.indexOf("    - apiVersion: apps/v1"));
    String message = refusal(config + override);
    assertTrue(message.contains("Duplicate value"), message);
  }

  @Test
  void defaultsAreFilledIn() {
    create(
        edited("xdp-counter.yaml", "path: /run/bpfman-samples/xdp_counter.o", "image: {url: x}"));
    ClusterBpfApplication xdp =
        client.resources(ClusterBpfApplication.class).withName("xdp-counter").get();
    XdpLink link = xdp.getSpec().getPrograms().getFirst().getXdp().getLinks().getFirst();
    assertEquals(
        PullPolicy.IF_NOT_PRESENT, xdp.getSpec().getByteCode().getImage().getImagePullPolicy());
    assertEquals(List.of(XdpProceedOn.PASS, XdpProceedOn.DISPATCHER_RETURN), link.getProceedOn());
    create(
        edited(
            "types/tc-counter.yaml",
            "              interfaces:\n                - eth0",
            "              interfacesDiscoveryConfig: {}"));
    var tc =
        client
            .resources(ClusterBpfApplication.class)
            .withName("tc-counter")
            .get()
            .getSpec()
            .getPrograms()
            .getFirst()
            .getTc()
            .getLinks()
            .getFirst();
    assertEquals(List.of(TcProceedOn.PIPE, TcProceedOn.DISPATCHER_RETURN), tc.getProceedOn());
    var discovery = tc.getInterfaceSelector().getInterfacesDiscoveryConfig();
    assertEquals(List.of("lo"), discovery.getExcludeInterfaces());
    assertEquals(Boolean.FALSE, discovery.getInterfaceAutoDiscovery());
    create(edited("cluster/config.yaml", "    healthProbePort: 8175\n", ""));
    Config config = client.resources(Config.class).withName("bpfman-config").get();
    assertEquals(8175, config.getSpec().getAgent().getHealthProbePort());
  }

  @Test
  void bytesAreReadFromListsOfIntegersAndFromBase64() {
    create(Cluster.sample("types/global-data.yaml"));
    var data =
        client
            .resources(ClusterBpfApplication.class)
            .withName("global-data")
            .get()
            .getSpec()
            .getGlobalData();
    assertArrayEquals(new byte[] {10, 0, 0, 0}, data.get("every"));
    assertArrayEquals(new byte[] {64, 0, 0, 0}, data.get("minimum_length"));
  }

  @Test
  void statusIsWrittenThroughItsSubresourceOnly() {
    create(Cluster.sample("xdp-counter.yaml"));
    var resource = client.resources(ClusterBpfApplication.class).withName("xdp-counter");
    ClusterBpfApplication application = resource.get();
    ApplicationStatus status = new ApplicationStatus();
    status.setObservedGeneration(1L);
    status.setNodes(new NodeCounts());
    status.getNodes().setSelected(3);
    application.setStatus(status);
    client.resource(application).update();
    assertNull(resource.get().getStatus());
    ClusterBpfApplication written = resource.get();
    written.setStatus(status);
    written.getSpec().getPrograms().clear();
    client.resource(written).updateStatus();
    assertEquals(3, resource.get().getStatus().getNodes().getSelected());
    assertEquals(1, resource.get().getSpec().getPrograms().size());
    assertEquals(1, resource.get().getMetadata().getGeneration());
  }

  @Test
  void idsOfStatesReachToTheLastOf32Bits() {
    assertEquals(LARGEST_ID, stateWithId(LARGEST_ID).getPrograms().getFirst().getProgramId());
    assertEquals(
        LARGEST_ID,
        stateWithId(LARGEST_ID)
            .getPrograms()
            .getFirst()
            .getKprobe()
            .getLinks()
            .getFirst()
            .getLinkId());
    String message =
        assertThrows(KubernetesClientException.class, () -> stateWithId(LARGEST_ID + 1))
            .getMessage();
    assertTrue(message.contains("should be less than or equal to 4294967295"), message);
  }

  private static ApplicationStateStatus stateWithId(long id) {
    String yaml =
        """
        apiVersion: bpfman.io/v1alpha1
        kind: ClusterBpfApplicationState
        metadata: {name: app-12345678}
        status:
          updateCount: 1
          node: node-1
          appLoadStatus: LoadSuccess
          programs:
          - name: program
            type: KProbe
            programLinkStatus: Success
            programId: %1$d
            kprobe:
              links:
              - {function: do_unlinkat, shouldAttach: true, uuid: u, linkStatus: Attached, linkId: %1$d}
        """
            .formatted(id);
    KUBE.kubectl("delete", "--ignore-not-found", "clusterbpfapplicationstate", "app-12345678");
    create(yaml);
    ClusterBpfApplicationState state =
        client.getKubernetesSerialization().unmarshal(yaml, ClusterBpfApplicationState.class);
    return client.resource(state).updateStatus().getStatus();
  }

  @Test
  void theColumnsShowSelectorAndStatus() {
    create(
        edited("xdp-counter.yaml", "nodeSelector: {}", "nodeSelector: {matchLabels: {rack: r7}}"));
    String table = KUBE.kubectl("get", "clusterbpfapplications");
    assertTrue(table.startsWith("NAME"), table);
    assertTrue(
        table
            .lines()
            .findFirst()
            .orElseThrow()
            .matches(".*NODESELECTOR +STATUS +READY +SELECTED +AGE"),
        table);
    assertTrue(table.contains("{\"matchLabels\":{\"rack\":\"r7\"}}"), table);
  }

  @Test
  void kubectlExplainsWhatTheJavaApiSays() {
    String words = KUBE.kubectl("explain", "bpfapplication.spec.programs.xdp.links.priority");
    assertTrue(words.contains("0 to 1000, smaller runs first; absent means 1000."), words);
  }
}
