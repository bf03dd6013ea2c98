package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.ProgramView;
import io.bpfman.loader.core.ReplaceView;
import io.bpfman.loader.port.NetworkHooks.DispatcherPlan;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.ChainType;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains of XDP and TC programs on a kernel that knows freplace. */
@Tag("vm")
class ChainVmIT extends WithChainLab {
  private static final int PASS = XdpAction.PASS.code();
  private static final int DROP = XdpAction.DROP.code();

  private static int passing(ChainType type) {
    return type == ChainType.XDP ? PASS : TcAction.PIPE.code();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"XDP,2", "XDP,5", "XDP,10", "XDP,32", "TC_INGRESS,2", "TC_EGRESS,5"})
  void membersRunInTheOrderOfTheirPrioritiesAndTheOlderFirst(ChainType type, int size) {
    List<LinkRecord> links = new ArrayList<>();
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int priority = 100 - i / 2;
      links.add(lab.attach(lab.load(type, i, passing(type)), lab.spec(type, priority)));
    }
    for (int i = (size - 1) / 2; i >= 0; i--) {
      expected.add(2 * i);
      if (2 * i + 1 < size) {
        expected.add(2 * i + 1);
      }
    }
    lab.trace();
    lab.run(type);
    assertEquals(expected, lab.trace());
    assertAllAttached(size);
    if (size == DispatcherPlan.MAX_MEMBERS) {
      assertOneMoreIsRefused(type);
    }

    for (LinkRecord link : links.subList(0, size - 1)) {
      lab.core().links().detach(link.id());
      assertAllAttached(lab.links().size());
    }
    assertEquals(List.of(links.getLast().id()), ids(lab.links()));
    assertEquals(Set.of(), lab.pinned(type));
    lab.core().links().detach(links.getLast().id());
    assertNothingLeftOnTheInterface();
  }

  private void assertOneMoreIsRefused(ChainType type) {
    Set<Path> pins = lab.pinned(type);
    ProgramId late = lab.load(type, 99, passing(type));
    Failure failure = failure(() -> lab.attach(late, lab.spec(type, 50)));
    assertEquals(FailureCode.HOOK_BUSY, failure.code());
    assertTrue(failure.message().contains("32 programs"), failure::describe);
    assertEquals(pins, lab.pinned(type));
    assertAllAttached(DispatcherPlan.MAX_MEMBERS);
  }

  private void assertAllAttached(int count) {
    List<LinkView> links = lab.links();
    assertEquals(count, links.size());
    links.forEach(link -> assertEquals(new LinkHealth.Attached(), link.health(), link::toString));
  }

  private static List<LinkId> ids(List<LinkView> links) {
    return links.stream().map(link -> link.record().id()).toList();
  }

  private void assertNothingLeftOnTheInterface() {
    assertFalse(lab.netns().ip("-d", "link", "show", TestNetns.INTERFACE).contains("xdp"));
    assertEquals(
        "", lab.netns().exec("tc", "filter", "show", "dev", TestNetns.INTERFACE, "ingress"));
    assertEquals(
        "", lab.netns().exec("tc", "filter", "show", "dev", TestNetns.INTERFACE, "egress"));
  }

  @ParameterizedTest
  @EnumSource(XdpAction.class)
  void anXdpVerdictLetsTheNextRunExactlyWhenItIsInProceedOn(XdpAction action) {
    lab.attach(lab.load(ChainType.XDP, 1, action.code()), lab.xdp(1, Set.of(action)));
    LinkRecord second =
        lab.attach(lab.load(ChainType.XDP, 2, DROP), lab.xdp(2, XdpAction.defaultProceedOn()));
    lab.trace();
    assertEquals(DROP, lab.run(ChainType.XDP));
    assertEquals(List.of(1, 2), lab.trace());
    lab.core().links().detach(second.id());
    Set<XdpAction> others = EnumSet.complementOf(EnumSet.of(action));
    lab.attach(lab.load(ChainType.XDP, 3, action.code()), lab.xdp(0, others));
    lab.trace();
    boolean always = action == XdpAction.DISPATCHER_RETURN;
    assertEquals(always ? PASS : action.code(), lab.run(ChainType.XDP));
    assertEquals(always ? List.of(3, 1) : List.of(3), lab.trace());
  }

  @ParameterizedTest
  @EnumSource(TcAction.class)
  void aTcVerdictLetsTheNextRunExactlyWhenItIsInProceedOn(TcAction action) {
    ChainType type = ChainType.TC_INGRESS;
    lab.attach(lab.load(type, 1, action.code()), lab.tc(type, 1, Set.of(action)));
    LinkRecord second =
        lab.attach(
            lab.load(type, 2, TcAction.SHOT.code()), lab.tc(type, 2, TcAction.defaultProceedOn()));
    lab.trace();
    assertEquals(TcAction.SHOT.code(), lab.run(type));
    assertEquals(List.of(1, 2), lab.trace());
    lab.core().links().detach(second.id());
    Set<TcAction> others = EnumSet.complementOf(EnumSet.of(action));
    lab.attach(lab.load(type, 3, action.code()), lab.tc(type, 0, others));
    lab.trace();
    boolean always = action == TcAction.DISPATCHER_RETURN;
    assertEquals(always ? TcAction.OK.code() : action.code(), lab.run(type));
    assertEquals(always ? List.of(3, 1) : List.of(3), lab.trace());
  }

  @Test
  void aLoneProgramThatProceedsOnADropIsOverruledAsTheLastOfAChainIs() {
    lab.attach(
        lab.load(ChainType.XDP, 1, DROP), lab.xdp(50, Set.of(XdpAction.DROP, XdpAction.PASS)));
    assertEquals(PASS, lab.run(ChainType.XDP));
    assertAllAttached(1);
  }

  @Test
  void idsAndMetadataOfMembersOutliveEveryChangeOfTheChain() {
    ProgramId program = lab.load(ChainType.XDP, 1, PASS);
    LinkRecord first = lab.attach(program, lab.spec(ChainType.XDP, 50));
    ProgramView before = lab.core().inventory().program(program);
    LinkRecord second = lab.attach(lab.load(ChainType.XDP, 2, PASS), lab.spec(ChainType.XDP, 10));
    lab.core().links().detach(second.id());
    LinkRecord after = lab.links().getFirst().record();
    assertEquals(first.id(), after.id());
    assertEquals(first.metadata(), after.metadata());
    assertEquals(first.createdAt(), after.createdAt());
    assertEquals(first.kernelLinkId(), after.kernelLinkId());
    assertEquals(before, lab.core().inventory().program(program));
  }

  @Test
  void aMemberCountsInTheMapsAndVariablesOfItsProgram() {
    ProgramId program = lab.load(ChainType.XDP, 1, PASS);
    lab.attach(program, lab.spec(ChainType.XDP, 50));
    lab.netns().ping(3);
    int alone = lab.runs(program);
    assertTrue(alone >= 3, () -> "counted " + alone);
    lab.attach(lab.load(ChainType.XDP, 2, PASS), lab.spec(ChainType.XDP, 60));
    for (int i = 0; i < 5; i++) {
      lab.run(ChainType.XDP);
    }
    assertTrue(lab.runs(program) >= alone + 5, () -> "counted " + lab.runs(program));
    String variables =
        Commands.run("bpftool", "-j", "map", "dump", "id", Long.toString(variablesOf(program)));
    assertTrue(
        variables.contains("\"total\":" + lab.runs(program)),
        () -> lab.runs(program) + " in " + variables);
  }

  private long variablesOf(ProgramId program) {
    return lab.core().inventory().program(program).kernel().mapIds().stream()
        .filter(
            id ->
                Commands.run("bpftool", "-j", "map", "show", "id", Long.toString(id))
                    .contains(".bss\""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneProgramMaySitInAChainSeveralTimes() {
    ProgramId program = lab.load(ChainType.TC_INGRESS, 7, TcAction.PIPE.code());
    LinkRecord first = lab.attach(program, lab.spec(ChainType.TC_INGRESS, 1));
    lab.attach(program, lab.spec(ChainType.TC_INGRESS, 2));
    lab.trace();
    lab.run(ChainType.TC_INGRESS);
    assertEquals(List.of(7, 7), lab.trace());
    lab.core().links().detach(first.id());
    assertAllAttached(1);
    lab.core().programs().unload(program);
    assertNothingLeftOnTheInterface();
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }

  @Test
  void aProgramThatCannotBeAMemberIsRefusedWithTheVerifiersWordsAndChangesNothing() {
    ProgramId first = lab.load(ChainType.XDP, 1, PASS);
    lab.attach(first, lab.spec(ChainType.XDP, 50));
    ProgramId untyped = lab.load(new ProgramSpec("chain_untyped", ProgramType.XDP), 2, PASS);
    Failure failure = failure(() -> lab.attach(untyped, lab.spec(ChainType.XDP, 50)));
    assertEquals(FailureCode.VERIFIER_REJECTED, failure.code());
    assertTrue(failure.hint().contains("struct xdp_md"), failure::describe);
    assertFalse(failure.log().isBlank());
    assertEquals(Set.of(), lab.pinned(ChainType.XDP));
    assertAllAttached(1);
    lab.netns().ping(2);
    assertTrue(lab.runs(first) >= 2);
  }

  /** veth takes a program on long packets only when it is loaded for fragments (Linux 5.18). */
  @Test
  void aChainTakesFragmentsOnlyWhenAllItsMembersDo() {
    setMtu(9000);
    ProgramSpec frags = new ProgramSpec("chain_frags", ProgramType.XDP);
    lab.attach(lab.load(frags, 1, PASS), lab.spec(ChainType.XDP, 1));
    lab.attach(lab.load(frags, 2, PASS), lab.spec(ChainType.XDP, 2));
    ProgramId whole = lab.load(ChainType.XDP, 3, PASS);
    Failure failure = failure(() -> lab.attach(whole, lab.spec(ChainType.XDP, 3)));
    assertTrue(failure.message().contains(TestNetns.INTERFACE), failure::describe);
    assertAllAttached(2);
    lab.trace();
    assertEquals(PASS, lab.run(ChainType.XDP));
    assertEquals(List.of(1, 2), lab.trace());

    setMtu(1500);
    lab.attach(whole, lab.spec(ChainType.XDP, 3));
    assertAllAttached(3);
    lab.trace();
    lab.run(ChainType.XDP);
    assertEquals(List.of(1, 2, 3), lab.trace());
  }

  private void setMtu(int bytes) {
    String mtu = Integer.toString(bytes);
    lab.netns().ip("link", "set", TestNetns.INTERFACE, "mtu", mtu);
    Commands.run(
        "ip",
        "-n",
        lab.netns().name() + "-peer",
        "link",
        "set",
        TestNetns.PEER_INTERFACE,
        "mtu",
        mtu);
  }

  @ParameterizedTest
  @EnumSource(
      value = ChainType.class,
      names = {"XDP", "TC_INGRESS"})
  void noPacketPassesWhileTheChainChanges(ChainType type) throws Exception {
    int drop = type == ChainType.XDP ? DROP : TcAction.SHOT.code();
    AttachSpec first = type == ChainType.XDP ? lab.xdp(50, Set.of()) : lab.tc(type, 50, Set.of());
    lab.attach(lab.load(type, 1, drop), first);
    ProgramId other = lab.load(type, 2, passing(type));
    String peer = lab.netns().name() + "-peer";
    String address = mac();
    Commands.run(
        "ip",
        "-n",
        peer,
        "neigh",
        "replace",
        TestNetns.ADDRESS,
        "lladdr",
        address,
        "dev",
        TestNetns.PEER_INTERFACE);
    Process flood =
        new ProcessBuilder(
                "ip", "netns", "exec", peer, "ping", "-q", "-f", "-w", "600", TestNetns.ADDRESS)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("flood").toFile())
            .start();
    try {
      for (int i = 0; i < 6; i++) {
        LinkRecord before = lab.attach(other, lab.spec(type, 10));
        LinkRecord behind = lab.attach(other, lab.spec(type, 90));
        lab.core().links().detach(before.id());
        lab.core().links().detach(behind.id());
      }
    } finally {
      Commands.run("kill", "-INT", Long.toString(flood.pid()));
      flood.waitFor();
    }
    String report = Files.readString(directory.resolve("flood"));
    assertTrue(report.contains(" 0 received"), report);
    int sent = Integer.parseInt(report.replaceAll("(?s).*?(\\d+) packets transmitted.*", "$1"));
    assertTrue(sent >= 20, report);
  }

  private String mac() throws IOException {
    return lab.netns().exec("cat", "/sys/class/net/" + TestNetns.INTERFACE + "/address").strip();
  }

  @ParameterizedTest
  @EnumSource(ChainType.class)
  void aReplacedMemberKeepsItsLinkAndPlaceAndTheOthersStayAsTheyAre(ChainType type) {
    List<LinkRecord> links = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      links.add(lab.attach(lab.load(type, i, passing(type)), lab.spec(type, i)));
    }
    lab.run(type);
    ProgramId old = links.get(1).program();
    ReplaceView done = lab.replace(lab.core(), old, type, 8, passing(type));
    assertEquals(List.of(links.get(1).id()), done.changes().getFirst().moved());
    assertEquals(List.of(), done.warnings());
    assertAllAttached(3);
    assertEquals(links.stream().map(LinkRecord::id).toList(), ids(lab.links()));
    lab.trace();
    lab.run(type);
    assertEquals(List.of(1, 8, 3), lab.trace());
    ProgramId now = done.loaded().getFirst().record().id();
    assertEquals(2, lab.runs(now), "its map goes on");
    assertEquals(2, lab.runs(links.getFirst().program()));
    assertEquals(List.of(), lab.core().doctor().find());
    assertEquals(List.of(), lab.restart());
    links.subList(0, 2).forEach(link -> lab.core().links().detach(link.id()));
    assertAllAttached(1);
    assertEquals(Set.of(), lab.pinned(type));
  }

  @Test
  void aRestartFindsChainsAsTheyWereAndHasNothingToRepair() {
    lab.attach(lab.load(ChainType.XDP, 1, PASS), lab.spec(ChainType.XDP, 1));
    lab.attach(lab.load(ChainType.XDP, 2, PASS), lab.spec(ChainType.XDP, 2));
    lab.attach(lab.load(ChainType.TC_EGRESS, 3, 3), lab.spec(ChainType.TC_EGRESS, 1));
    lab.attach(lab.load(ChainType.TC_EGRESS, 4, 3), lab.spec(ChainType.TC_EGRESS, 2));
    List<LinkView> before = lab.links();
    assertEquals(List.of(), lab.restart());
    assertEquals(before, lab.links());
    lab.trace();
    lab.run(ChainType.XDP);
    assertEquals(List.of(1, 2), lab.trace());
  }

  @Test
  void aMemberWhosePinWasRemovedIsReportedAndComesBackAtTheNextStart() throws IOException {
    lab.attach(lab.load(ChainType.XDP, 1, PASS), lab.spec(ChainType.XDP, 1));
    LinkRecord lost = lab.attach(lab.load(ChainType.XDP, 2, DROP), lab.spec(ChainType.XDP, 2));
    lab.attach(lab.load(ChainType.XDP, 3, PASS), lab.spec(ChainType.XDP, 3));
    Files.delete(lab.pins().resolve("links").resolve(lost.id().toString()));
    assertInstanceOf(LinkHealth.PinMissing.class, lab.links().get(1).health());
    lab.trace();
    assertEquals(PASS, lab.run(ChainType.XDP));
    assertEquals(List.of(1, 3), lab.trace());
    List<String> repairs = lab.restart();
    assertEquals(1, repairs.size(), repairs::toString);
    assertAllAttached(3);
    lab.run(ChainType.XDP);
    assertEquals(List.of(1, 2), lab.trace());
  }

  @ParameterizedTest
  @EnumSource(ChainType.class)
  void aChainComesBackOnAnInterfaceThatWasMadeAgain(ChainType type) {
    for (int i = 1; i <= 3; i++) {
      lab.attach(lab.load(type, i, passing(type)), lab.spec(type, i));
    }
    lab.netns().removeVeth();
    lab.links().forEach(link -> assertInstanceOf(LinkHealth.Detached.class, link.health()));
    lab.netns().addVeth();
    assertEquals(3, lab.restart().stream().filter(done -> done.contains("attached again")).count());
    assertAllAttached(3);
    lab.trace();
    lab.run(type);
    assertEquals(List.of(1, 2, 3), lab.trace());
    assertEquals(List.of(), lab.restart());
  }
}
