package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.core.LinkView;
import io.bpfman.loader.core.LoaderCore;
import io.bpfman.loader.daemon.LoaderInstance;
import io.bpfman.loader.port.ObjectFacts;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Bytecode;
import io.bpfman.model.Bytes;
import io.bpfman.model.Direction;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.LoadSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

@Tag("kernel")
class NetworkAttachIT {
  private static final int PACKETS = 5;
  private static final int PRIORITY = 50;

  private KernelLab lab;
  private TestNetns netns;
  private Path counters;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    netns = TestNetns.create();
    lab = KernelLab.open(directory);
    counters = lab.object("counters.bpf.c", "counters", "");
  }

  @AfterEach
  void close() throws IOException {
    netns.close();
    lab.close();
  }

  private NetworkHook hook() {
    return new NetworkHook(TestNetns.INTERFACE, netns.path().toString());
  }

  private AttachSpec.Xdp xdp() {
    return new AttachSpec.Xdp(hook(), PRIORITY, Set.of());
  }

  private AttachSpec.Tc tc(Direction direction) {
    return new AttachSpec.Tc(hook(), direction, PRIORITY, Set.of());
  }

  private AttachSpec.Tcx tcx() {
    return new AttachSpec.Tcx(hook(), Direction.INGRESS, PRIORITY);
  }

  private ProgramRecord load(String name, ProgramType type) {
    return lab.load(lab.request(counters, new ProgramSpec(name, type))).getFirst();
  }

  @Test
  void anXdpProgramCountsUntilItIsDetached() {
    ProgramRecord program = load("count_xdp", ProgramType.XDP);
    LinkRecord link = lab.attach(program, xdp());
    assertEquals(new LinkHealth.Attached(), observe(link));
    netns.ping(PACKETS);
    assertTrue(lab.hits(program, 0) >= PACKETS);

    lab.detach(link);
    long before = lab.hits(program, 0);
    netns.ping(PACKETS);
    assertEquals(before, lab.hits(program, 0));
    assertInstanceOf(LinkHealth.PinMissing.class, observe(link));
    lab.detach(link);
  }

  @Test
  void aSecondXdpProgramIsToldWhoHoldsTheInterface() {
    ProgramRecord program = load("count_xdp", ProgramType.XDP);
    lab.attach(program, xdp());
    Failure failure = failure(() -> lab.attach(load("count_xdp", ProgramType.XDP), xdp()));
    assertEquals(FailureCode.HOOK_BUSY, failure.code());
    assertTrue(
        failure.message().contains("\"count_xdp\" (id %s)".formatted(program.id())),
        failure::describe);
  }

  @Test
  void globalsAreInForceFromTheFirstPacket() {
    ObjectLoad request =
        new ObjectLoad(
            counters,
            List.of(new ProgramSpec("count_xdp", ProgramType.XDP)),
            Map.of(
                new ObjectFacts.Variable("step", ".rodata", 0, 4),
                    Bytes.of((byte) 100, (byte) 0, (byte) 0, (byte) 0),
                new ObjectFacts.Variable("extra", ".bss", 0, 4),
                    Bytes.of((byte) 3, (byte) 0, (byte) 0, (byte) 0)),
            Map.of(),
            lab.pin("shared"));
    ProgramRecord program = lab.load(request).getFirst();
    lab.attach(program, xdp());
    netns.ping(PACKETS);
    long hits = lab.hits(program, 0);
    assertTrue(hits >= PACKETS * 103L, () -> "hits " + hits);
    assertEquals(0, hits % 103);
  }

  @Test
  void aTcProgramCountsInItsDirectionAndLeavesNothingBehind() {
    ProgramRecord program = load("count_tc", ProgramType.TC);
    LinkRecord link = lab.attach(program, tc(Direction.EGRESS));
    assertEquals(0, link.kernelLinkId());
    assertEquals(new LinkHealth.Attached(), observe(link));
    netns.ping(PACKETS);
    assertTrue(lab.hits(program, 1) >= PACKETS);
    assertTrue(netns.exec("tc", "filter", "show", "dev", "veth0", "egress").contains("pref 50"));

    Failure second =
        failure(() -> lab.attach(load("count_tc", ProgramType.TC), tc(Direction.EGRESS)));
    assertEquals(FailureCode.HOOK_BUSY, second.code());
    LinkRecord other = lab.attach(load("count_tc", ProgramType.TC), tc(Direction.INGRESS));

    lab.detach(link);
    assertInstanceOf(LinkHealth.Detached.class, observe(link));
    assertEquals(new LinkHealth.Attached(), observe(other));
    lab.detach(other);
    assertFalse(netns.exec("tc", "qdisc", "show", "dev", "veth0").contains("clsact"));
  }

  @Test
  void aTcProgramRespectsTheQdiscsOfOthers() {
    netns.exec("tc", "qdisc", "add", "dev", "veth0", "clsact");
    LinkRecord link = lab.attach(load("count_tc", ProgramType.TC), tc(Direction.INGRESS));
    lab.detach(link);
    assertTrue(netns.exec("tc", "qdisc", "show", "dev", "veth0").contains("clsact"));
    netns.exec("tc", "qdisc", "del", "dev", "veth0", "clsact");
    netns.exec("tc", "qdisc", "add", "dev", "veth0", "ingress");
    Failure failure =
        failure(() -> lab.attach(load("count_tc", ProgramType.TC), tc(Direction.EGRESS)));
    assertEquals(FailureCode.HOOK_BUSY, failure.code());
    assertTrue(failure.message().contains("another kind"), failure::describe);
  }

  @Test
  void tcxProgramsRunInTheirOrder() {
    List<ProgramRecord> programs =
        lab.load(
            lab.request(
                counters,
                new ProgramSpec("mark_packet", ProgramType.TCX),
                new ProgramSpec("count_marked", ProgramType.TCX)));
    ProgramRecord marks = programs.getFirst();
    ProgramRecord counts = programs.getLast();
    LinkRecord second = lab.attach(counts, tcx());
    LinkRecord first = lab.attach(marks, tcx(), new TcxPosition.Before(second.kernelLinkId()));
    assertEquals(List.of(marks.id().value(), counts.id().value()), order());
    netns.ping(PACKETS);
    assertTrue(lab.hits(marks, 3) >= PACKETS);
    lab.detach(first);

    first = lab.attach(marks, tcx(), new TcxPosition.After(second.kernelLinkId()));
    assertEquals(List.of(counts.id().value(), marks.id().value()), order());
    long before = lab.hits(marks, 3);
    netns.ping(PACKETS);
    assertEquals(before, lab.hits(marks, 3));
    assertEquals(FailureCode.HOOK_BUSY, failure(() -> lab.attach(marks, tcx())).code());
    LinkRecord gone = first;
    lab.detach(gone);
    TcxPosition nowhere = new TcxPosition.After(gone.kernelLinkId());
    assertEquals(
        FailureCode.KERNEL_STATE_LOST, failure(() -> lab.attach(marks, tcx(), nowhere)).code());
  }

  @Test
  void tcxPositionsAreTheKernelsOrderAfterEachAttachAndDetach(@TempDir Path own) {
    Path run = own.resolve("run");
    try (LoaderInstance loader = LoaderInstance.open(run)) {
      LinkId last = attachTcx(loader.core(), 20);
      assertOrder(loader.core(), last);
      LinkId first = attachTcx(loader.core(), 10);
      assertOrder(loader.core(), first, last);
      LinkId middle = attachTcx(loader.core(), 10);
      assertOrder(loader.core(), first, middle, last);
      loader.core().links().detach(first);
      assertOrder(loader.core(), middle, last);
      LinkId ahead = attachTcx(loader.core(), 0);
      assertOrder(loader.core(), ahead, middle, last);
      loader.core().links().detach(last);
      loader.core().links().detach(ahead);
      assertOrder(loader.core(), middle);
    } finally {
      Commands.run("umount", run.resolve("fs").toString());
    }
  }

  private LinkId attachTcx(LoaderCore core, int priority) {
    LoadSpec load =
        new LoadSpec(
            new Bytecode.File(counters.toString()),
            List.of(new ProgramSpec("mark_packet", ProgramType.TCX)),
            Map.of(),
            Map.of(),
            null);
    ProgramId program = core.programs().load(load).getFirst().record().id();
    AttachSpec spec = new AttachSpec.Tcx(hook(), Direction.INGRESS, priority);
    return core.links().attach(program, spec, Map.of()).id();
  }

  private void assertOrder(LoaderCore core, LinkId... expected) {
    List<LinkView> links =
        core.inventory().links(null, Map.of()).stream()
            .sorted(Comparator.comparing(LinkView::position))
            .toList();
    assertEquals(List.of(expected), links.stream().map(view -> view.record().id()).toList());
    assertEquals(
        IntStream.range(0, expected.length).boxed().toList(),
        links.stream().map(LinkView::position).toList());
    assertEquals(order(), links.stream().map(view -> view.record().program().value()).toList());
  }

  private List<Long> order() {
    Natives natives = Natives.load();
    Interfaces interfaces = new Interfaces(natives);
    return new NetnsThread(natives)
        .inside(
            netns.path().toString(),
            () ->
                new BpfSyscall(natives)
                    .tcxPrograms(interfaces.index(hook()), AttachTypes.TCX_INGRESS));
  }

  @Test
  void lossOfPinsInterfacesAndNamespacesIsSeen() throws IOException {
    LinkRecord xdp = lab.attach(load("count_xdp", ProgramType.XDP), xdp());
    LinkRecord tcx = lab.attach(load("mark_packet", ProgramType.TCX), tcx());
    LinkRecord tc = lab.attach(load("count_tc", ProgramType.TC), tc(Direction.INGRESS));
    Files.delete(lab.linkPin(tcx.id()));
    assertInstanceOf(LinkHealth.PinMissing.class, observe(tcx));
    netns.removeVeth();
    assertInstanceOf(LinkHealth.Detached.class, observe(xdp));
    assertInstanceOf(LinkHealth.Detached.class, observe(tc));
    netns.addVeth();
    assertInstanceOf(LinkHealth.Detached.class, observe(xdp));
    assertInstanceOf(LinkHealth.Detached.class, observe(tc));
    lab.detach(xdp);
    lab.detach(tc);

    LinkRecord again = lab.attach(load("mark_packet", ProgramType.TCX), tcx());
    LinkRecord filter = lab.attach(load("count_tc", ProgramType.TC), tc(Direction.INGRESS));
    netns.close();
    Awaitility.await("the kernel takes the namespace down")
        .untilAsserted(() -> assertInstanceOf(LinkHealth.Detached.class, observe(again)));
    assertInstanceOf(LinkHealth.Detached.class, observe(filter));
    lab.detach(again);
    lab.detach(filter);
  }

  @Test
  void unknownInterfacesAndNamespacesAreNamed() throws IOException {
    ProgramRecord program = load("count_xdp", ProgramType.XDP);
    var wrongName = new NetworkHook("eth9", netns.path().toString());
    Failure noInterface =
        failure(() -> lab.attach(program, new AttachSpec.Xdp(wrongName, 0, Set.of())));
    assertEquals(FailureCode.INTERFACE_NOT_FOUND, noInterface.code());
    assertEquals(
        "interface \"eth9\" does not exist in netns %s; existing: lo, veth0"
            .formatted(netns.path()),
        noInterface.message());
    var ownNamespace = new NetworkHook("eth-none-such", null);
    assertTrue(
        failure(() -> lab.attach(program, new AttachSpec.Xdp(ownNamespace, 0, Set.of())))
            .message()
            .contains("in the daemon's network namespace; existing: "));
    var missing = new NetworkHook("lo", "/run/netns/does-not-exist");
    assertEquals(
        FailureCode.NETNS_NOT_FOUND,
        failure(() -> lab.attach(program, new AttachSpec.Xdp(missing, 0, Set.of()))).code());
    var file = new NetworkHook("lo", Files.createFile(lab.directory().resolve("file")).toString());
    assertEquals(
        FailureCode.NETNS_NOT_FOUND,
        failure(() -> lab.attach(program, new AttachSpec.Xdp(file, 0, Set.of()))).code());
  }

  @Test
  void aLinkThatCannotBePinnedIsNotLeftBehind() throws IOException {
    ProgramRecord program = load("count_xdp", ProgramType.XDP);
    LinkRecord link = lab.attach(program, xdp());
    lab.detach(link);
    Files.createDirectory(lab.linkPin(new LinkId(2)));
    assertEquals(FailureCode.KERNEL_REFUSED, failure(() -> lab.attach(program, xdp())).code());
    assertFalse(netns.ip("link", "show", "veth0").contains("prog/xdp"));
  }

  private LinkHealth observe(LinkRecord link) {
    return lab.kernel().observe(link, lab.linkPin(link.id()));
  }

  private static Failure failure(Executable call) {
    return assertThrows(BpfmanException.class, call).failure();
  }
}
