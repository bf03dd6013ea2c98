package io.bpfman.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.agent.adapter.host.FileDesiredState;
import io.bpfman.agent.port.NodeInterface;
import io.bpfman.contract.bus.AgentClient;
import io.bpfman.contract.bus.BusAddresses;
import io.bpfman.contract.bus.EventPublisher;
import io.bpfman.contract.bus.LoaderConsumer;
import io.bpfman.contract.bus.OperatorConsumer;
import io.bpfman.contract.sign.DesiredStateSigner;
import io.bpfman.contract.sign.Digests;
import io.bpfman.model.Backoff;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.Event;
import io.bpfman.proto.bus.v1.ExplainRequest;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.LinkState;
import io.bpfman.proto.bus.v1.LoadState;
import io.bpfman.proto.bus.v1.NodeReport;
import io.bpfman.proto.bus.v1.NodeReportReply;
import io.bpfman.proto.bus.v1.SignedDesiredState;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.BytecodeLocation;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.x.v1.ReplaceRequest;
import io.bpfman.testkit.FakeLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class AgentVerticleTest {
  private static final String NODE = "n1";
  private static final String OTHER = "ClusterBpfApplication/other";

  @TempDir Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final FakeLoader loader = new FakeLoader();
  private final List<NodeReport> fullReports = new CopyOnWriteArrayList<>();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final AtomicReference<ByteString> observedDigest =
      new AtomicReference<>(ByteString.EMPTY);
  private String deployment = "";

  @BeforeEach
  void startWorld() {
    signer();
    done(LoaderConsumer.register(vertx, BusAddresses.OWN_LOADER, loader));
    done(OperatorConsumer.register(vertx, this::operator));
    EventPublisher.subscribe(vertx, events::add);
    deploy();
  }

  @AfterEach
  void stopWorld() {
    done(vertx.close());
  }

  private Future<NodeReportReply> operator(NodeReport report) {
    if (report.getFull()) {
      fullReports.add(report);
      observedDigest.set(report.getObservedDigest());
    }
    boolean want = !report.getObservedDigest().equals(observedDigest.get());
    return Future.succeededFuture(NodeReportReply.newBuilder().setWantFull(want).build());
  }

  private void deploy() {
    deployment = done(vertx.deployVerticle(verticle()));
  }

  private AgentVerticle verticle() {
    AgentConfig config =
        new AgentConfig(
            NODE,
            Map.of("kubernetes.io/hostname", NODE),
            dir,
            dir.resolve("op.pub"),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(400)),
            2);
    AgentPorts ports =
        new AgentPorts(
            () -> List.of(new NodeInterface("eth0", true, false, List.of("10.0.0.1"), true)),
            _ -> Optional.empty(),
            new FileDesiredState(dir.resolve("desired-state.pb")));
    return new AgentVerticle(config, ports);
  }

  @Test
  void appliedStateIsAttachedAndReportedInFull() {
    apply(1, Apps.app(Apps.xdp("eth0"), Apps.trace("a/b")));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 2);
    assertEquals(2, loader.programs().size());
    assertEquals(2, loader.links().size());
    await()
        .atMost(5, SECONDS)
        .until(() -> events.stream().anyMatch(e -> e.getKind() == Event.Kind.KIND_ATTACHED));
    assertEquals(List.of(), explain());
  }

  @Test
  void changedPriorityIsOneDetachAndOneAttach() {
    apply(1, Apps.app(Apps.tcx(50), Apps.trace("a/b")));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 2);
    loader.clearChanges();
    apply(2, Apps.app(Apps.tcx(60), Apps.trace("a/b")));
    awaitReport(2, Apps.KEY, LoadState.LOAD_STATE_LOADED, 2);
    assertEquals(List.of(DetachRequest.class, AttachRequest.class), kinds());
  }

  @Test
  void addedProgramIsOneLoadWithSharedMapsAndItsLinks() {
    apply(1, Apps.app(Apps.tcx(50)));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    loader.clearChanges();
    apply(2, Apps.app(Apps.tcx(50), Apps.trace("a/b")));
    awaitReport(2, Apps.KEY, LoadState.LOAD_STATE_LOADED, 2);
    assertEquals(List.of(LoadRequest.class, AttachRequest.class), kinds());
    assertEquals(101, ((LoadRequest) loader.changes().getFirst()).getMapOwnerId());
  }

  @Test
  void failingApplicationIsTriedAgainWhileTheOtherWorks() {
    AtomicInteger tries = new AtomicInteger();
    loader.failWith(
        request ->
            request instanceof LoadRequest load
                    && load.getBytecode().getFile().contains("other")
                    && tries.incrementAndGet() < 4
                ? FailureCode.VERIFIER_REJECTED.because("R1 is not a pointer")
                : null);
    apply(1, Apps.app(Apps.tcx(50)), Apps.named("other", Apps.trace("a/b")));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    awaitReport(1, OTHER, LoadState.LOAD_STATE_LOADED, 1);
    assertEquals(4, tries.get());
    assertTrue(
        fullReports.stream()
            .flatMap(report -> report.getApplicationsList().stream())
            .anyMatch(app -> app.getFailure().getMessage().contains("R1 is not a pointer")));
  }

  @Test
  void failingUpdateIsTriedAgainWhileTheOldVersionRunsOn() {
    apply(1, Apps.app(Apps.tcx(50)));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    loader.clearChanges();
    AtomicInteger tries = new AtomicInteger();
    loader.failWith(
        request ->
            request instanceof ReplaceRequest && tries.incrementAndGet() < 4
                ? FailureCode.VERIFIER_REJECTED.because("rejected; program 101 runs on")
                : null);
    apply(2, Apps.global(Apps.app(Apps.tcx(50)), 1));
    awaitReport(2, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    assertTrue(
        fullReports.stream().anyMatch(r -> shows(r, Apps.KEY, LoadState.LOAD_STATE_ERROR, 1)),
        fullReports::toString);
    assertEquals(4, tries.get());
    assertEquals(List.of(ReplaceRequest.class), kinds());
    assertEquals(102, loader.links().getFirst().getProgramId());
  }

  @Test
  void lostPinIsRepairedByTheDriftCheck() {
    apply(1, Apps.app(Apps.tcx(50), Apps.trace("a/b")));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 2);
    loader.clearChanges();
    loader.losePin(1);
    await().atMost(5, SECONDS).until(() -> kinds().size() == 2);
    assertEquals(List.of(DetachRequest.class, AttachRequest.class), kinds());
    await()
        .atMost(5, SECONDS)
        .until(() -> events.stream().anyMatch(e -> e.getKind() == Event.Kind.KIND_DRIFT));
  }

  @Test
  void interfaceThatComesBackIsAttachedAgain() {
    apply(1, Apps.app(Apps.xdp("eth0")));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    loader.removeInterface("eth0");
    await().atMost(5, SECONDS).until(() -> loader.links().isEmpty());
    loader.addInterface("eth0");
    await().atMost(5, SECONDS).until(() -> loader.links().size() == 1);
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
  }

  @Test
  void restartWithStateOnDiskTouchesNothing() {
    apply(3, Apps.app(Apps.tcx(50), Apps.xdp("eth0")));
    awaitReport(3, Apps.KEY, LoadState.LOAD_STATE_LOADED, 2);
    loader.clearChanges();
    String before = loader.links().toString();
    restart();
    awaitReport(3, Apps.KEY, LoadState.LOAD_STATE_LOADED, 2);
    assertEquals(List.of(), loader.changes());
    assertEquals(before, loader.links().toString());
  }

  @Test
  void itIsReadyWhenTheLoaderAnswersWhetherOrNotAnOperatorDoes() throws Exception {
    done(vertx.undeploy(deployment));
    loader.setDown(true);
    AgentVerticle agent = verticle();
    deployment = done(vertx.deployVerticle(agent));
    await()
        .atMost(5, SECONDS)
        .until(() -> events.stream().anyMatch(e -> e.getKind() == Event.Kind.KIND_FAILED));
    assertEquals(List.of("an answer of the loader"), agent.missing());

    loader.setDown(false);
    await().atMost(5, SECONDS).until(() -> agent.missing().isEmpty());
  }

  @Test
  void savedStateThatIsNewerWinsOverOneThatArrivesWhileItIsRead() {
    apply(3, Apps.app(Apps.tcx(50)));
    awaitReport(3, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    for (int i = 0; i < 20; i++) {
      done(vertx.undeploy(deployment));
      Future<String> starting = vertx.deployVerticle(verticle());
      assertEquals(FailureCode.REVISION_STALE, refusalOnce(sign(NODE, 2, Apps.app(Apps.tcx(60)))));
      deployment = done(starting);
    }
    assertEquals(3, done(client().report()).getDesiredRevision());
    assertEquals(1, loader.links().size());
  }

  /** As soon as somebody answers. */
  private FailureCode refusalOnce(SignedDesiredState state) {
    FailureCode code = FailureCode.UNAVAILABLE;
    while (code == FailureCode.UNAVAILABLE) {
      code = refusal(state);
    }
    return code;
  }

  @Test
  void programsLostInARebootComeBackFromDisk() {
    apply(3, Apps.app(Apps.tcx(50)));
    awaitReport(3, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    done(vertx.undeploy(deployment));
    loader
        .programs()
        .forEach(
            program ->
                done(
                    loader.unload(
                        io.bpfman.proto.v1.UnloadRequest.newBuilder()
                            .setId(program.getKernelInfo().getId())
                            .build())));
    deploy();
    await().atMost(5, SECONDS).until(() -> loader.links().size() == 1);
  }

  @Test
  void otherNodesOlderAndForgedStatesAreRefused() {
    Application app = Apps.app(Apps.tcx(50));
    apply(5, app);
    awaitReport(5, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    loader.clearChanges();
    assertEquals(FailureCode.PERMISSION_DENIED, refusal(sign("n2", 6)));
    assertEquals(FailureCode.REVISION_STALE, refusal(sign(NODE, 4)));
    assertEquals(FailureCode.REVISION_STALE, refusal(sign(NODE, 5)));
    SignedDesiredState forged =
        sign(NODE, 7).toBuilder().setSignature(ByteString.copyFrom(new byte[64])).build();
    assertEquals(FailureCode.SIGNATURE_INVALID, refusal(forged));
    assertEquals(5, done(client().apply(sign(NODE, 5, app))).getRevision());
    assertEquals(List.of(), loader.changes());
    assertEquals(5, done(client().report()).getDesiredRevision());
  }

  @Test
  void removedApplicationIsUnloaded() {
    apply(1, Apps.app(Apps.tcx(50)), Apps.named("other", Apps.trace("a/b")));
    awaitReport(1, OTHER, LoadState.LOAD_STATE_LOADED, 1);
    apply(2, Apps.app(Apps.tcx(50)));
    await().atMost(5, SECONDS).until(() -> loader.programs().size() == 1);
    await().atMost(5, SECONDS).until(() -> fullReports.getLast().getApplicationsList().size() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {Apps.KEY, "BpfApplication/blue/counter"})
  void applicationOfEitherKindIsLoadedOnceEditedAndRemoved(String key) {
    apply(1, Apps.keyed(key, Apps.tcx(50)));
    awaitReport(1, key, LoadState.LOAD_STATE_LOADED, 1);
    assertEquals(List.of(), explain(), "what was loaded is known again");
    assertEquals(List.of(LoadRequest.class, AttachRequest.class), kinds());
    apply(2, Apps.global(Apps.keyed(key, Apps.tcx(60)), 1));
    awaitReport(2, key, LoadState.LOAD_STATE_LOADED, 1);
    assertEquals(1, loader.programs().size(), "the new version took the place of the old one");
    restart();
    awaitReport(2, key, LoadState.LOAD_STATE_LOADED, 1);
    assertEquals(1, loader.programs().size());
    apply(3);
    await().atMost(5, SECONDS).until(() -> loader.programs().isEmpty());
    assertTold(Event.Kind.KIND_UNLOADED, key, "t|n");
  }

  @ParameterizedTest
  @ValueSource(strings = {OTHER, "BpfApplication/gone/other"})
  void programsOfAnApplicationThatNobodyKnowsAnyMoreAreRemovedAndTold(String key) {
    apply(1, Apps.keyed(key, Apps.tcx(50)));
    awaitReport(1, key, LoadState.LOAD_STATE_LOADED, 1);
    done(vertx.undeploy(deployment));
    assertTrue(dir.resolve("desired-state.pb").toFile().delete());
    deploy();
    apply(1, Apps.app(Apps.trace("a/b")));
    await().atMost(5, SECONDS).until(() -> loader.programs().size() == 1);
    assertTold(Event.Kind.KIND_UNLOADED, key, "no application");
  }

  @Test
  void programsThatOnlyCarryAnApplicationsNameAreNobodysToRemove() {
    done(
        loader.load(
            LoadRequest.newBuilder()
                .putMetadata(MetadataKeys.APPLICATION, "BpfApplication/blue/mine")
                .setBytecode(BytecodeLocation.newBuilder().setFile("/none/mine.o"))
                .addInfo(
                    LoadInfo.newBuilder()
                        .setName("mine")
                        .setProgramType(BpfmanProgramType.TRACEPOINT))
                .build()));
    apply(1, Apps.app(Apps.tcx(50)));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    apply(2);
    await().atMost(5, SECONDS).until(() -> loader.links().isEmpty());
    assertEquals(1, loader.programs().size());
  }

  private void assertTold(Event.Kind kind, String application, String words) {
    await()
        .atMost(5, SECONDS)
        .until(
            () ->
                events.stream()
                    .filter(e -> e.getKind() == kind && e.getApplication().equals(application))
                    .anyMatch(e -> e.getMessage().matches(".*(" + words + ").*")));
  }

  private void restart() {
    done(vertx.undeploy(deployment));
    fullReports.clear();
    observedDigest.set(ByteString.copyFromUtf8("unknown"));
    deploy();
  }

  @Test
  void loaderThatComesBackIsReconciledAtOnce() {
    apply(1, Apps.app(Apps.tcx(50)));
    awaitReport(1, Apps.KEY, LoadState.LOAD_STATE_LOADED, 1);
    loader.setDown(true);
    await().atMost(5, SECONDS).until(() -> done(client().report()).hasLoaderFailure());
    apply(2, Apps.app(Apps.tcx(50)), Apps.named("other", Apps.trace("a/b")));
    loader.setDown(false);
    awaitReport(2, OTHER, LoadState.LOAD_STATE_LOADED, 1);
    assertTrue(!done(client().report()).hasLoaderFailure());
  }

  private void apply(long revision, Application... apps) {
    assertEquals(revision, done(client().apply(sign(NODE, revision, apps))).getRevision());
  }

  private SignedDesiredState sign(String node, long revision, Application... apps) {
    List<Application> list = List.of(apps);
    return signer()
        .sign(
            DesiredState.newBuilder()
                .setNode(node)
                .setRevision(revision)
                .setDigest(ByteString.copyFrom(Digests.of(list).toArray()))
                .addAllApplications(list)
                .build());
  }

  /** The key pair is made at the first call. */
  private DesiredStateSigner signer() {
    return DesiredStateSigner.loadOrCreate(dir.resolve("op.key"), dir.resolve("op.pub"));
  }

  private FailureCode refusal(SignedDesiredState state) {
    return assertThrows(BpfmanException.class, () -> done(client().apply(state))).code();
  }

  private AgentClient client() {
    return new AgentClient(vertx, BusAddresses.OWN_AGENT);
  }

  private List<String> explain() {
    return done(client().explain(ExplainRequest.getDefaultInstance())).getLinesList();
  }

  private List<? extends Class<?>> kinds() {
    return loader.changes().stream().map(Object::getClass).toList();
  }

  private void awaitReport(long revision, String key, LoadState state, int attached) {
    await()
        .atMost(8, SECONDS)
        .until(
            () ->
                fullReports.stream()
                    .filter(report -> report.getDesiredRevision() == revision)
                    .reduce((_, last) -> last)
                    .filter(report -> shows(report, key, state, attached))
                    .isPresent());
  }

  private static boolean shows(NodeReport report, String key, LoadState state, int attached) {
    return report.getApplicationsList().stream()
            .filter(app -> app.getKey().equals(key) && app.getLoadState() == state)
            .flatMap(app -> app.getProgramsList().stream())
            .flatMap(program -> program.getLinksList().stream())
            .map(LinkReport::getState)
            .filter(LinkState.LINK_STATE_ATTACHED::equals)
            .count()
        == attached;
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(8, SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 8 s", late);
    }
  }
}
