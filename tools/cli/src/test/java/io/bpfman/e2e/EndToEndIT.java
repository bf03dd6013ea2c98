package io.bpfman.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import io.bpfman.testkit.TestNetns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** From a manifest to a counting program, and through everything that may happen to it. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndToEndIT {
  private static final Duration UP = Duration.ofSeconds(30);

  /** What users are promised after a restart. */
  private static final Duration RECOVERED = Duration.ofSeconds(10);

  /** What users are promised for drift. */
  private static final Duration REPAIRED = Duration.ofSeconds(30);

  private Node node;
  private Path xdp;
  private Path tcx;

  @BeforeAll
  void startEverything(@TempDir Path directory) throws Exception {
    node = new Node(directory);
    xdp = node.sample("xdp_counter");
    tcx = node.sample("tcx_counter");
    node.start();
  }

  @AfterAll
  void stopEverything() throws Exception {
    node.close();
  }

  @BeforeEach
  void applyXdpCounter() throws Exception {
    node.apply("xdp", xdpManifest(TestNetns.INTERFACE, 50));
    awaitPriority(50, UP);
    node.awaitCondition("xdp", "Success", UP);
  }

  @Test
  void appliedProgramCountsRealPackets() {
    long before = packets();
    node.netns.ping(5);
    assertTrue(packets() >= before + 5, "from " + before + " to " + packets());
  }

  @Test
  void killedDaemonComesBackToTheSameIds() throws Exception {
    survives(node.daemon);
  }

  @Test
  void killedAgentComesBackToTheSameIds() throws Exception {
    survives(node.agent);
  }

  @Test
  void killedOperatorComesBackToTheSameIds() throws Exception {
    survives(node.operator);
  }

  private void survives(JvmService service) throws Exception {
    Map<String, Integer> programs = node.programs();
    List<Integer> links = linkIds();
    long before = packets();
    service.kill();
    node.netns.ping(3);
    service.launch();
    service.awaitReady();
    node.awaitCondition("xdp", "Success", RECOVERED);
    assertEquals(programs, node.programs());
    assertEquals(links, linkIds());
    assertTrue(packets() >= before + 3, "packets that came while it was down are counted");
    node.apply("xdp", xdpManifest(TestNetns.INTERFACE, 51));
    awaitPriority(
        51, RECOVERED); // The status may be an old one; an edit goes through every process.
  }

  @Test
  void removedPinIsRepaired() throws Exception {
    Link lost = xdpLink();
    Files.delete(node.pin("links/" + lost.getId()));
    Awaitility.await("the link is back")
        .atMost(REPAIRED.toSeconds(), TimeUnit.SECONDS)
        .until(this::isAttached);
    assertTrue(Files.exists(node.pin("links/" + xdpLink().getId())));
    long before = packets();
    node.netns.ping(3);
    assertTrue(packets() >= before + 3);
  }

  @Test
  void recreatedInterfaceIsRepaired() {
    node.netns.removeVeth();
    node.netns.addVeth();
    Awaitility.await("the link is back")
        .atMost(REPAIRED.toSeconds(), TimeUnit.SECONDS)
        .until(this::isAttached);
    long before = packets();
    node.netns.ping(3);
    assertTrue(packets() >= before + 3);
    node.awaitCondition("xdp", "Success", RECOVERED);
  }

  @Test
  void editedPriorityTouchesOnlyThatLink() throws Exception {
    node.apply("chain", chainManifest(10, true));
    node.awaitCondition("chain", "Success", UP);
    Map<String, Integer> programs = node.programs();
    Map<String, Integer> links = tcxLinks();

    node.apply("chain", chainManifest(30, true));
    Awaitility.await("the edited link is attached with its new priority")
        .atMost(UP.toSeconds(), TimeUnit.SECONDS)
        .until(() -> tcxPriorities().equals(List.of(20, 30)));
    assertEquals(programs, node.programs());
    assertEquals(links.get("tcx_second"), tcxLinks().get("tcx_second"));
    assertNotEquals(links.get("tcx_first"), tcxLinks().get("tcx_first"));
    remove("chain");
  }

  @Test
  void addedProgramIsLoadedBesideTheOthers() throws Exception {
    node.apply("chain", chainManifest(10, false));
    node.awaitCondition("chain", "Success", UP);
    Map<String, Integer> before = node.programs();

    node.apply("chain", chainManifest(10, true));
    Awaitility.await("the second program is there")
        .atMost(UP.toSeconds(), TimeUnit.SECONDS)
        .until(() -> tcxLinks().size() == 2);
    assertTrue(node.programs().entrySet().containsAll(before.entrySet()));
    remove("chain");
  }

  /** The counter goes on from one version to the next, and no moment is without a program. */
  @Test
  void changedObjectTakesTheOldOnesPlaceWhilePacketsAreCounted() throws Exception {
    Map<String, Integer> programs = node.programs();
    List<Integer> links = linkIds();
    long before = packets();
    Path next = node.sample("xdp_counter", "xdp_counter_next");
    CompletableFuture<Void> pings = CompletableFuture.runAsync(() -> node.netns.ping(600));
    node.apply("xdp", Node.xdpCounter(next, 50));
    Awaitility.await("another version runs alone")
        .atMost(UP.toSeconds(), TimeUnit.SECONDS)
        .until(() -> !node.programs().equals(programs) && node.programs().size() == 1);
    assertEquals(links, linkIds());
    assertTrue(isAttached());
    pings.get(UP.toSeconds(), TimeUnit.SECONDS);
    assertTrue(packets() >= before + 600, "from " + before + " to " + packets());
    node.awaitCondition("xdp", "Success", UP);
  }

  @Test
  void brokenObjectLeavesTheOldOneRunningAndSaysSo() throws Exception {
    Map<String, Integer> programs = node.programs();
    List<Integer> links = linkIds();
    Path broken =
        node.compiled(
            "broken",
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>
            SEC("xdp") int xdp_counter(struct xdp_md *ctx) { return *(volatile int *)(long)ctx->data; }
            char LICENSE[] SEC("license") = "GPL";
            """);
    node.apply("xdp", Node.xdpCounter(broken, 50));
    node.awaitCondition("xdp", "Error", UP);
    assertTrue(node.message("xdp").contains("runs on"), node.message("xdp"));
    assertEquals(programs, node.programs());
    assertEquals(links, linkIds());
    long before = packets();
    node.netns.ping(3);
    assertTrue(packets() >= before + 3, "from " + before + " to " + packets());
  }

  @Test
  void missingInterfaceIsAnErrorThatNamesIt() throws Exception {
    node.apply("xdp", xdpManifest("eth77", 50));
    node.awaitCondition("xdp", "Error", UP);
    assertTrue(node.message("xdp").contains("eth77"), node.message("xdp"));
  }

  @Test
  void removedManifestLeavesNothing() throws Exception {
    remove("xdp");
    assertEquals(Map.of(), node.programs());
    assertEquals(List.of(), node.links());
    assertEquals("", node.condition("xdp"));
  }

  private void remove(String application) throws Exception {
    int before = node.programs().size();
    node.delete(application);
    Awaitility.await(application + " is unloaded")
        .atMost(UP.toSeconds(), TimeUnit.SECONDS)
        .until(() -> node.programs().size() < before && node.condition(application).isEmpty());
  }

  private long packets() {
    return node.count("xdp_counter", "packets");
  }

  private boolean isAttached() {
    return attachedPriorities().size() == 1;
  }

  private Link xdpLink() {
    return xdpLinks().getFirst();
  }

  private List<Link> xdpLinks() {
    return node.links().stream().filter(link -> link.getAttach().hasXdpAttachInfo()).toList();
  }

  private void awaitPriority(int priority, Duration limit) {
    Awaitility.await("priority " + priority)
        .atMost(limit.toSeconds(), TimeUnit.SECONDS)
        .until(() -> attachedPriorities().equals(List.of(priority)));
  }

  private List<Integer> attachedPriorities() {
    return xdpLinks().stream()
        .filter(link -> link.getHealth() == LinkHealth.LINK_HEALTH_ATTACHED)
        .map(link -> link.getAttach().getXdpAttachInfo().getPriority())
        .toList();
  }

  private List<Integer> linkIds() {
    return node.links().stream().map(Link::getId).toList();
  }

  private List<Integer> tcxPriorities() {
    return node.links().stream()
        .filter(link -> link.getAttach().hasTcxAttachInfo())
        .map(link -> link.getAttach().getTcxAttachInfo().getPriority())
        .sorted()
        .toList();
  }

  /** Link id by function. */
  private Map<String, Integer> tcxLinks() {
    Map<Integer, String> names =
        node.programs().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    return node.links().stream()
        .filter(link -> link.getAttach().hasTcxAttachInfo())
        .collect(Collectors.toMap(link -> names.get(link.getProgramId()), Link::getId));
  }

  private String xdpManifest(String device, int priority) {
    return Node.xdpCounter(xdp, device, priority);
  }

  private String chainManifest(int firstPriority, boolean second) {
    String head =
        """
        apiVersion: bpfman.io/v1alpha1
        kind: ClusterBpfApplication
        metadata:
          name: chain
        spec:
          nodeSelector: {}
          byteCode:
            path: %s
          programs:
        """
            .formatted(tcx);
    return head
        + tcxProgram("tcx_first", firstPriority)
        + (second ? tcxProgram("tcx_second", 20) : "");
  }

  private static String tcxProgram(String function, int priority) {
    return """
            - name: %s
              type: TCX
              tcx:
                links:
                  - interfaceSelector:
                      interfaces: [%s]
                    direction: Ingress
                    priority: %d
        """
        .formatted(function, TestNetns.INTERFACE, priority)
        .indent(0);
  }
}
