package io.bpfman.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Message;
import io.bpfman.agent.core.Action;
import io.bpfman.agent.core.DesiredApplication;
import io.bpfman.agent.core.Desires;
import io.bpfman.agent.core.ObservedApplication;
import io.bpfman.agent.core.Planner;
import io.bpfman.agent.core.Reports;
import io.bpfman.agent.port.NodeInterface;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.InterfaceDiscovery;
import io.bpfman.proto.bus.v1.InterfaceSelector;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.NetworkLink;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.testkit.FakeLoader;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlanCasesTest {
  private static final List<NodeInterface> NODE =
      List.of(
          new NodeInterface("eth0", true, false, List.of("10.0.0.1"), true),
          new NodeInterface("eth1", true, false, List.of(), false));

  private final FakeLoader loader = new FakeLoader();
  private final LoaderView view = new LoaderView(loader);
  private String content = "";

  record Case(
      String name, @Nullable Application before, @Nullable Application after, String steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    Application tcx = Apps.app(Apps.tcx(50));
    Application xdp = Apps.app(Apps.xdp("eth0"));
    Application tc = Apps.app(Apps.tc(50));
    Application probe = Apps.app(Apps.uprobe("main"));
    Application two = Apps.app(Apps.xdp("eth0"), Apps.trace("a/b"));
    return Stream.of(
        new Case("new", null, two, "load attach attach"),
        new Case("same", two, two, ""),
        new Case("tcx priority", tcx, Apps.app(Apps.tcx(60)), "detach attach"),
        new Case("tc priority", tc, Apps.app(Apps.tc(60)), "detach attach"),
        new Case("xdp interface", xdp, Apps.app(Apps.xdp("eth1")), "attach detach"),
        new Case("uprobe function", probe, Apps.app(Apps.uprobe("exit")), "attach detach"),
        new Case(
            "link added",
            Apps.app(Apps.trace("a/b")),
            Apps.app(Apps.trace("a/b", "a/c")),
            "attach"),
        new Case(
            "link removed",
            Apps.app(Apps.trace("a/b", "a/c")),
            Apps.app(Apps.trace("a/c")),
            "detach"),
        new Case("program added", xdp, two, "load attach"),
        new Case("program removed", two, xdp, "unload"),
        new Case("tcx globals", tcx, Apps.global(tcx, 1), "replace"),
        new Case("xdp globals", xdp, Apps.global(xdp, 1), "replace"),
        new Case("tc globals", tc, Apps.global(tc, 1), "replace"),
        new Case("globals of two", two, Apps.global(two, 1), "replace"),
        new Case(
            "globals and priority",
            tcx,
            Apps.global(Apps.app(Apps.tcx(60)), 1),
            "replace detach attach"),
        new Case(
            "globals and another link",
            probe,
            Apps.global(Apps.app(Apps.uprobe("exit")), 1),
            "replace attach detach"),
        new Case("globals and a program more", xdp, Apps.global(two, 1), "replace attach"),
        new Case("globals and a program less", two, Apps.global(xdp, 1), "replace"),
        new Case("globals and no common program", probe, Apps.global(xdp, 1), "load attach unload"),
        new Case(
            "xdp handed to another program",
            xdp,
            Apps.app(Apps.program("y", "XDP", Apps.net("eth0", "", 50))),
            "load detach attach unload"),
        new Case(
            "type changed without links",
            Apps.app(Apps.program("f", "TC")),
            Apps.app(Apps.program("f", "TCX")),
            "replace"),
        new Case(
            "type changed",
            Apps.app(Apps.program("f", "TC", Apps.net("eth0", "ingress", 1))),
            Apps.app(Apps.program("f", "TCX", Apps.net("eth0", "ingress", 1))),
            "load attach unload"),
        new Case("removed", two, null, "unload unload"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void touchesOnlyWhatChangedAndThenNothing(Case sample) {
    execute(sample.before());
    String steps = words(plan(sample.after()));
    assertEquals(sample.steps(), steps);
    assertEquals(Map.of(), execute(sample.after()));
    assertEquals(List.of(), plan(sample.after()));
  }

  @Test
  void programsOfOneObjectShareMapsHoweverLateTheyCome() {
    execute(Apps.app(Apps.xdp("eth0")));
    int owner = loader.programs().getFirst().getKernelInfo().getId();
    loader.clearChanges();
    execute(Apps.app(Apps.xdp("eth0"), Apps.trace("a/b")));
    LoadRequest load = (LoadRequest) loader.changes().getFirst();
    assertEquals(owner, load.getMapOwnerId());
    assertEquals(1, load.getInfoCount());
  }

  /** The loader keeps those that fit. */
  @Test
  void changedObjectJoinsNobodysMaps() {
    Application app = Apps.app(Apps.xdp("eth0"));
    execute(app);
    loader.clearChanges();
    execute(Apps.global(app, 3));
    assertEquals(0, ((ReplaceRequest) loader.changes().getFirst()).getLoad().getMapOwnerId());
  }

  @Test
  void linksOfAReplacedProgramKeepTheirIds() {
    Application app = Apps.app(Apps.xdp("eth0"), Apps.trace("a/b", "a/c"));
    execute(app);
    List<Integer> links = loader.links().stream().map(Link::getId).toList();
    execute(Apps.global(app, 3));
    assertEquals(links, loader.links().stream().map(Link::getId).toList());
    assertEquals(2, loader.programs().size());
    assertEquals(103, loader.programs().getFirst().getKernelInfo().getId());
  }

  @Test
  void aLinkThatWasLostComesBackOnTheNewProgram() {
    Application app = Apps.app(Apps.tcx(50));
    execute(app);
    loader.losePin(1);
    assertEquals("replace detach attach", words(plan(Apps.global(app, 1))));
    execute(Apps.global(app, 1));
    assertEquals(List.of(), plan(Apps.global(app, 1)));
    assertEquals(102, loader.links().getFirst().getProgramId());
  }

  @Test
  void duplicatesOfTheOldVersionGoAfterTheReplacement() {
    Application app = Apps.app(Apps.tcx(50));
    execute(app);
    assertTrue(loader.load((LoadRequest) loader.changes().getFirst()).succeeded());
    assertEquals("replace attach unload", words(plan(Apps.global(app, 1))));
    execute(Apps.global(app, 1));
    assertEquals(1, loader.programs().size());
    assertEquals(List.of(), plan(Apps.global(app, 1)));
  }

  @Test
  void aLoaderThatKnowsLinksButNotReplaceGetsTheNewVersionBesideTheOld() {
    Application app = Apps.app(Apps.tcx(50));
    execute(app);
    loader.failWith(
        request ->
            request instanceof ReplaceRequest ? FailureCode.UNIMPLEMENTED.because("old") : null);
    Map<String, Failure> failures = execute(Apps.global(app, 1));
    assertTrue(failures.get(Action.Replace.ID).code().retriable());
    assertEquals("load attach unload", words(plan(Apps.global(app, 1))));
    assertEquals(Map.of(), execute(Apps.global(app, 1)));
    view.replaces(true);
    assertEquals("replace", words(plan(Apps.global(app, 2))));
  }

  @Test
  void lostPinIsReplaced() {
    Application app = Apps.app(Apps.tcx(50), Apps.trace("a/b"));
    execute(app);
    loader.losePin(1);
    assertEquals("detach attach", words(plan(app)));
    execute(app);
    assertEquals(List.of(), plan(app));
  }

  /** The program that runs goes only when the one that is asked for runs. */
  @Test
  void linkMovesToTheInterfaceThatHasItsNameNow() {
    Application app = Apps.app(Apps.xdp("eth0"));
    execute(app);
    loader.renameInterface("eth0", "eth9");
    assertEquals("attach detach", words(plan(app)));
    Map<String, Failure> failures = execute(app);
    assertEquals(FailureCode.INTERFACE_NOT_FOUND, failures.values().iterator().next().code());
    assertEquals(List.of(1), loader.links().stream().map(Link::getId).toList());

    loader.addInterface("eth0");
    assertEquals(Map.of(), execute(app));
    assertEquals(List.of(2), loader.links().stream().map(Link::getId).toList());
    assertEquals(List.of(), plan(app));
  }

  @Test
  void linkOfAnInterfaceThatTookAWantedNameGoesFirst() {
    Application app = Apps.app(Apps.xdp("eth0"));
    execute(app);
    loader.renameInterface("eth0", "eth1");
    assertEquals("detach attach", words(plan(Apps.app(Apps.xdp("eth1")))));
  }

  @Test
  void linkOnAReplacedFileIsAttachedAnewBeforeTheOldOneGoes() {
    Application app = Apps.app(Apps.tcx(50), Apps.trace("a/b"));
    execute(app);
    int old = loader.links().getLast().getId();
    loader.replaceTarget(old);
    assertEquals("attach detach", words(plan(app)));
    loader.clearChanges();
    failOn(AttachRequest.class);
    Map<String, Failure> failures = execute(app);
    assertEquals(old, loader.links().getLast().getId());
    ApplicationReport report = Reports.wanted(concrete(app), observe(), failures);
    assertEquals(LinkState.LINK_STATE_ATTACH_ERROR, report.getPrograms(1).getLinks(0).getState());
    loader.failWith(_ -> null);
    execute(app);
    assertEquals(List.of(), plan(app));
    assertEquals(2, loader.links().size());
  }

  @Test
  void failedReplacementLeavesTheOldVersionRunningAndSaysSo() {
    Application app = Apps.app(Apps.xdp("eth0"));
    execute(app);
    int program = loader.programs().getFirst().getKernelInfo().getId();
    loader.clearChanges();
    failOn(ReplaceRequest.class);
    Application next = Apps.global(Apps.app(Apps.xdp("eth1"), Apps.trace("a/b")), 1);
    Map<String, Failure> failures = execute(next);
    assertEquals(List.of(), loader.changes());
    assertEquals(List.of(1), loader.links().stream().map(Link::getId).toList());
    ApplicationReport report = Reports.wanted(concrete(Apps.global(app, 1)), observe(), failures);
    assertEquals(LoadState.LOAD_STATE_ERROR, report.getLoadState());
    assertEquals(FailureCode.HOOK_BUSY.number(), report.getFailure().getCode());
    assertEquals(program, report.getPrograms(0).getProgramId());
    assertEquals(LinkState.LINK_STATE_ATTACHED, report.getPrograms(0).getLinks(0).getState());
  }

  @Test
  void aProgramRenamedToOneThatDoesNotLoadRunsOnHoweverOftenThatIsTried() {
    Application running = Apps.app(Apps.trace("a/b"));
    Application next = Apps.app(Apps.program("absent", "XDP", Apps.net("eth0", "", 50)));
    execute(running);
    failOn(LoadRequest.class);
    for (int tries = 0; tries < 3; tries++) {
      assertEquals(Set.of(Action.LoadGroup.ID), execute(next).keySet());
      assertEquals(1, loader.links().size());
    }
  }

  @Test
  void aProgramRenamedToOneThatCannotBeAttachedRunsOnHoweverOftenThatIsTried() {
    execute(Apps.app(Apps.trace("a/b")));
    Application next = Apps.app(Apps.xdp("eth9"));
    for (int tries = 0; tries < 3; tries++) {
      assertEquals(1, execute(next).size());
      assertEquals(1, loader.links().size());
    }
    loader.addInterface("eth9");
    execute(next);
    assertEquals(1, loader.programs().size());
    assertEquals(List.of(), plan(next));
  }

  @Test
  void aLinkMovedToAnInterfaceThatDoesNotExistStaysUntilThatComes() {
    execute(Apps.app(Apps.xdp("eth0")));
    Application next = Apps.app(Apps.xdp("eth9"));
    for (int tries = 0; tries < 3; tries++) {
      assertEquals(1, execute(next).size());
      assertEquals(List.of(1), loader.links().stream().map(Link::getId).toList());
    }
    loader.addInterface("eth9");
    execute(next);
    assertEquals(List.of(2), loader.links().stream().map(Link::getId).toList());
  }

  @Test
  void aProgramThatIsNotWantedStaysBesideLinksThatNobodyCanWorkOut() {
    execute(Apps.app(Apps.trace("a/b")));
    Application broken = Apps.app(Apps.program("y", "unheard-of"));
    assertEquals(Map.of(), execute(broken));
    assertEquals(1, loader.links().size());
  }

  @Test
  void withoutExtensionTheNewVersionIsMadeBesideTheOldOne() {
    loader.setExtensionMissing(true);
    Application app = Apps.app(Apps.tcx(50));
    execute(app);
    assertEquals("load attach unload", words(plan(Apps.global(app, 1))));
    loader.clearChanges();
    failOn(AttachRequest.class);
    execute(Apps.global(app, 1));
    assertEquals(1, loader.changes().size());
    assertEquals(1, loader.links().size());
    assertEquals(2, loader.programs().size());
    loader.failWith(_ -> null);
    execute(Apps.global(app, 1));
    assertEquals(1, loader.programs().size());
    assertEquals(List.of(), plan(Apps.global(app, 1)));
  }

  @Test
  void withoutExtensionAFailedLoadLeavesTheOldVersionAlone() {
    loader.setExtensionMissing(true);
    Application app = Apps.app(Apps.xdp("eth0"));
    execute(app);
    assertEquals("load detach attach unload", words(plan(Apps.global(app, 1))));
    loader.clearChanges();
    failOn(LoadRequest.class);
    Map<String, Failure> failures = execute(Apps.global(app, 1));
    assertEquals(List.of(), loader.changes());
    ApplicationReport report = Reports.wanted(concrete(Apps.global(app, 1)), observe(), failures);
    assertEquals(LoadState.LOAD_STATE_ERROR, report.getLoadState());
  }

  @Test
  void failedAttachIsReportedAndTheOthersAreMade() {
    Application app = Apps.app(Apps.xdp("eth9"), Apps.trace("a/b"));
    Map<String, Failure> failures = execute(app);
    ApplicationReport report = Reports.wanted(concrete(app), observe(), failures);
    assertEquals(LoadState.LOAD_STATE_LOADED, report.getLoadState());
    assertEquals(LinkState.LINK_STATE_ATTACH_ERROR, report.getPrograms(0).getLinks(0).getState());
    assertTrue(report.getPrograms(0).getLinks(0).getFailure().getMessage().contains("eth9"));
    assertEquals(LinkState.LINK_STATE_ATTACHED, report.getPrograms(1).getLinks(0).getState());
  }

  @Test
  void ofDuplicatesTheOldestStays() {
    Application app = Apps.app(Apps.tcx(50));
    execute(app);
    LoadRequest load = (LoadRequest) loader.changes().getFirst();
    assertTrue(loader.load(load).succeeded());
    List<Action> plan = plan(app);
    assertEquals("unload", words(plan));
    execute(app);
    assertEquals(101, loader.programs().getFirst().getKernelInfo().getId());
    assertEquals(1, loader.links().size());
  }

  @Test
  void unclearLinksAreLeftAlone() {
    execute(Apps.app(Apps.xdp("eth0")));
    Application broken =
        Apps.app(
            Apps.program(
                "x",
                "XDP",
                Apps.net("eth0", "", 1).toBuilder()
                    .setNetwork(
                        NetworkLink.newBuilder()
                            .setInterfaces(
                                InterfaceSelector.newBuilder()
                                    .setDiscovery(
                                        InterfaceDiscovery.newBuilder().addAllow("/eth[/"))))
                    .build()));
    assertEquals(List.of(), plan(broken));
    ApplicationReport report = Reports.wanted(concrete(broken), observe(), Map.of());
    assertTrue(report.getPrograms(0).getFailure().getMessage().contains("/eth[/"));
  }

  @Test
  void objectThatCannotBeReadAnyMoreIsNoChangeButOtherContentIs() {
    Application app = Apps.app(Apps.xdp("eth0"));
    content = "aa";
    execute(app);
    content = "";
    assertEquals(List.of(), plan(app));
    content = "bb";
    assertNotEquals(List.of(), plan(app));
  }

  @Test
  void programsOfOthersAreNotSeen() {
    LoadRequest foreign =
        LoadRequest.newBuilder()
            .setBytecode(Apps.app().getBytecode())
            .putMetadata(MetadataKeys.APPLICATION, "mine")
            .addInfo(io.bpfman.proto.v1.LoadInfo.newBuilder().setName("x"))
            .build();
    assertTrue(loader.load(foreign).succeeded());
    assertEquals(Map.of(), get(view.all()));
  }

  @Test
  void serverWithoutLinkListIsEnough() {
    loader.setExtensionMissing(true);
    Application app = Apps.app(Apps.tcx(50), Apps.trace("a/b"));
    execute(app);
    assertEquals(List.of(), plan(app));
    assertEquals("detach attach", words(plan(Apps.app(Apps.tcx(60), Apps.trace("a/b")))));
  }

  @Test
  void removedApplicationIsReportedUntilItIsGone() {
    execute(Apps.app(Apps.xdp("eth0")));
    ApplicationReport report = Reports.leaving(observe(), Map.of());
    assertEquals(LoadState.LOAD_STATE_LOADED, report.getLoadState());
    Failure failure = FailureCode.INTERNAL.because("no").failure();
    assertEquals(
        LoadState.LOAD_STATE_UNLOAD_ERROR,
        Reports.leaving(observe(), Map.of("unload 101", failure)).getLoadState());
  }

  private void failOn(Class<? extends Message> kind) {
    loader.failWith(
        request -> kind.isInstance(request) ? FailureCode.HOOK_BUSY.because("on demand") : null);
  }

  private DesiredApplication concrete(Application app) {
    return new Desires(NODE).of(app, content);
  }

  private ObservedApplication observe() {
    return get(view.one(Apps.KEY));
  }

  private List<Action> plan(@Nullable Application app) {
    return Planner.plan(app == null ? null : concrete(app), observe());
  }

  private Map<String, Failure> execute(@Nullable Application app) {
    Journal journal = new Journal("n", _ -> {}, InstantSource.system());
    return get(new ActionRunner(Apps.KEY, loader, view, journal).run(plan(app)));
  }

  private static <T> T get(Future<T> done) {
    assertTrue(done.succeeded(), () -> "not done: " + done.cause());
    return Objects.requireNonNull(done.result());
  }

  private static String words(List<Action> plan) {
    return plan.stream()
        .map(action -> action.id().replaceFirst(" .*", ""))
        .collect(Collectors.joining(" "));
  }
}
