package io.bpfman.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bpfman.agent.core.Action;
import io.bpfman.agent.core.Desires;
import io.bpfman.agent.core.ObservedApplication;
import io.bpfman.agent.core.ObservedLink;
import io.bpfman.agent.core.Planner;
import io.bpfman.agent.port.NodeInterface;
import io.bpfman.contract.grpc.GrpcLoader;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.PullBytecodeRequest;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.testkit.peer.GoServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent on a server that is not ours: bpfman's published Go code, answering as its daemon. */
@Tag("go")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GoServerIT {
  private static final List<NodeInterface> NODE =
      List.of(new NodeInterface("eth0", true, false, List.of("192.0.2.1"), true));

  private final Vertx vertx = Vertx.vertx();
  private GoServer server;
  private GrpcLoader loader;
  private LoaderView view;

  @BeforeEach
  void serve(@TempDir Path directory) {
    Path socket = directory.resolve("go.sock");
    server = GoServer.at(socket);
    loader = new GrpcLoader(vertx, socket);
    view = new LoaderView(loader);
  }

  @AfterEach
  void close() {
    done(loader.close());
    server.close();
    done(vertx.close());
  }

  @Test
  void whatIsAttachedIsSeenAndLeftAlone() {
    Application app = Apps.app(Apps.tcx(50), Apps.trace("a/b"));

    run(app);

    assertEquals(List.of("Load n TCX", "Load p TRACEPOINT", "Attach n", "Attach p"), changes(4));
    assertEquals(List.of(1L, 2L), linkIds());
    assertEquals(List.of(), plan(app));
  }

  @Test
  void aChangedLinkIsMovedAndAnUnwantedApplicationGoes() {
    run(Apps.app(Apps.tcx(50)));
    assertEquals(List.of("Load n TCX", "Attach n"), changes(2));

    run(Apps.app(Apps.tcx(60)));
    assertEquals(List.of("Detach n", "Attach n"), changes(2));
    assertEquals(List.of(2L), linkIds());

    run(null);
    assertEquals(List.of("Unload n"), changes(1));
    assertEquals(0, done(loader.list(ListRequest.getDefaultInstance())).getResultsCount());
  }

  @Test
  void returnProbesAreLoadedAsSuch() {
    run(Apps.app(Apps.program("r", "URetProbe")));

    assertEquals(List.of("Load r uretprobe"), changes(1));
  }

  @Test
  void everyCallIsUnderstoodBothWays() {
    run(Apps.app(Apps.trace("a/b")));
    ListResponse listed = done(loader.list(ListRequest.getDefaultInstance()));
    assertEquals("p", listed.getResults(0).getInfo().getName());
    assertEquals(101, listed.getResults(0).getKernelInfo().getId());
    GetRequest first = GetRequest.newBuilder().setId(101).build();
    assertEquals(List.of(1), done(loader.get(first)).getInfo().getLinksList());
    PullBytecodeRequest pull =
        PullBytecodeRequest.newBuilder()
            .setImage(BytecodeImage.newBuilder().setUrl("registry.test/a:1"))
            .build();
    done(loader.pullBytecode(pull));
    assertEquals(
        List.of("Load p TRACEPOINT", "Attach p", "PullBytecode registry.test/a:1"), changes(3));
  }

  @Test
  void whatItDoesNotFindIsToldForWhatItIs() {
    assertEquals(
        FailureCode.LINK_NOT_FOUND,
        code(loader.detach(DetachRequest.newBuilder().setLinkId(7).build())));
    assertEquals(
        FailureCode.PROGRAM_NOT_FOUND,
        code(loader.unload(UnloadRequest.newBuilder().setId(7).build())));
    assertEquals(
        FailureCode.PROGRAM_NOT_FOUND, code(loader.get(GetRequest.newBuilder().setId(7).build())));
    assertEquals(
        FailureCode.UNIMPLEMENTED,
        code(loader.attach(AttachRequest.newBuilder().setId(7).build())));
  }

  private List<String> changes(int count) {
    return server.changes(count);
  }

  private List<Long> linkIds() {
    return observe().programs().stream()
        .flatMap(program -> program.links().stream())
        .map(ObservedLink::id)
        .toList();
  }

  private ObservedApplication observe() {
    return done(view.one(Apps.KEY));
  }

  private List<Action> plan(@Nullable Application app) {
    return Planner.plan(app == null ? null : new Desires(NODE).of(app, ""), observe());
  }

  private void run(@Nullable Application app) {
    Journal journal = new Journal("n", _ -> {}, InstantSource.system());
    assertEquals(Map.of(), done(new ActionRunner(Apps.KEY, loader, view, journal).run(plan(app))));
  }

  private static FailureCode code(Future<?> failing) {
    return assertThrows(BpfmanException.class, () -> done(failing)).code();
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("no answer within 20 s", late);
    }
  }
}
