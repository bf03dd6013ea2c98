package io.bpfman.agent.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.agent.port.NodeInterface;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.bus.v1.InterfaceDiscovery;
import io.bpfman.proto.bus.v1.InterfaceSelector;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.NetworkLink;
import io.bpfman.proto.bus.v1.PodChoice;
import io.bpfman.proto.bus.v1.SelectedPod;
import io.bpfman.proto.bus.v1.TracepointLink;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ExpansionTest {
  private final Expansion expansion =
      new Expansion(
          List.of(
              new NodeInterface("eth0", true, false, List.of("10.0.0.1"), true),
              new NodeInterface("eth1", true, false, List.of(), false),
              new NodeInterface("lo", true, true, List.of("127.0.0.1"), false)));

  @Test
  void namesNeedNotExist() {
    assertEquals(
        List.of("eth0", "eth9"),
        points(InterfaceSelector.newBuilder().addNames("eth0").addNames("eth9")));
  }

  @Test
  void primaryIsTheOneWithTheNodesAddress() {
    assertEquals(List.of("eth0"), points(InterfaceSelector.newBuilder().setPrimary(true)));
  }

  @Test
  void discoveryTakesAllButTheExcluded() {
    assertEquals(
        List.of("eth0", "eth1"),
        points(discovery(InterfaceDiscovery.newBuilder().addExclude("lo"))));
  }

  @Test
  void allowListHoldsNamesAndExpressions() {
    assertEquals(
        List.of("eth1", "lo"),
        points(discovery(InterfaceDiscovery.newBuilder().addAllow("lo").addAllow("/^eth[1-9]$/"))));
  }

  @Test
  void badExpressionFailsTheLinkAndSparesTheOthers() {
    Expansion.Result result =
        expansion.expand(
            ProgramType.XDP,
            List.of(
                link(discovery(InterfaceDiscovery.newBuilder().addAllow("/(/"))),
                link(InterfaceSelector.newBuilder().addNames("eth1"))));
    assertEquals(1, result.specs().size());
    assertNotNull(result.failure());
    assertEquals(FailureCode.INVALID_REQUEST, result.failure().code());
  }

  private static LinkSpec forPods(UnaryOperator<NetworkLink.Builder> more) {
    NetworkLink.Builder network =
        NetworkLink.newBuilder()
            .setNeedsPods(true)
            .setInterfaces(InterfaceSelector.newBuilder().addNames("eth0"));
    return LinkSpec.newBuilder().setNetwork(more.apply(network)).build();
  }

  private Failure refusal(LinkSpec link) {
    Expansion.Result result = expansion.expand(ProgramType.XDP, List.of(link));
    assertEquals(List.of(), result.specs());
    assertNotNull(result.failure());
    assertEquals(FailureCode.PODS_UNSUPPORTED, result.failure().code());
    return result.failure();
  }

  @Test
  void podsAreRefusedWhereNobodyKnowsThem() {
    refusal(forPods(link -> link));
  }

  @Test
  void podsThatAreHereAreRefusedByName() {
    PodChoice here =
        PodChoice.newBuilder()
            .addPods(SelectedPod.newBuilder().setNamespace("team").setName("web-1"))
            .build();
    Failure failure = refusal(forPods(link -> link.setPods(here)));
    assertTrue(failure.message().contains("selects 1 pods of this node, team/web-1"));
  }

  @Test
  void aLinkThatSelectsNoPodOfThisNodeAddsNothingAndFailsNothing() {
    Expansion.Result result =
        expansion.expand(
            ProgramType.XDP,
            List.of(forPods(link -> link.setPods(PodChoice.getDefaultInstance()))));
    assertEquals(List.of(), result.specs());
    assertNull(result.failure());
  }

  @Test
  void attachPointOfAnotherKindIsRefused() {
    LinkSpec trace =
        LinkSpec.newBuilder().setTracepoint(TracepointLink.newBuilder().setName("a/b")).build();
    Expansion.Result result = expansion.expand(ProgramType.XDP, List.of(trace));
    assertNotNull(result.failure());
    assertEquals(FailureCode.ATTACH_KIND_MISMATCH, result.failure().code());
  }

  @Test
  void anotherPriorityIsAnotherLink() {
    AttachSpec one = new AttachSpec.Tracepoint("a", "b");
    assertEquals(Identity.link("k", "p", one), Identity.link("k", "p", one));
    assertNotEquals(Identity.link("k", "p", one), Identity.link("k", "q", one));
    assertNotEquals(
        Identity.link("k", "p", one), Identity.link("k", "p", new AttachSpec.Tracepoint("a", "c")));
  }

  private List<String> points(InterfaceSelector.Builder selector) {
    Expansion.Result result = expansion.expand(ProgramType.XDP, List.of(link(selector)));
    assertNull(result.failure());
    return result.specs().stream().map(AttachSpec::attachPoint).toList();
  }

  private static InterfaceSelector.Builder discovery(InterfaceDiscovery.Builder discovery) {
    return InterfaceSelector.newBuilder().setDiscovery(discovery);
  }

  private static LinkSpec link(InterfaceSelector.Builder selector) {
    return LinkSpec.newBuilder()
        .setNetwork(NetworkLink.newBuilder().setInterfaces(selector))
        .build();
  }
}
