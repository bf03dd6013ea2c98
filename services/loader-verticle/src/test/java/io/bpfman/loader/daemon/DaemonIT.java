package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.GetResponse;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.PullBytecodeRequest;
import io.bpfman.proto.v1.PullBytecodeResponse;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.ListLinksRequest;
import io.bpfman.proto.x.v1.ListLinksResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that knows only bpfman.v1, a daemon in its own process, the running kernel. */
@Tag("kernel")
class DaemonIT {
  @TempDir Path directory;
  private DaemonFixture fixture;

  @BeforeEach
  void startDaemon() throws Exception {
    fixture = new DaemonFixture(directory);
  }

  @AfterEach
  void stopDaemon() throws Exception {
    fixture.close();
  }

  @Test
  void programIsLoadedAttachedListedDetachedAndUnloaded() throws Exception {
    int id = load("count_xdp", BpfmanProgramType.XDP);
    int link = fixture.client().attach(id, fixture.xdp());

    GetResponse got = fixture.client().get(id);
    assertEquals("count_xdp", got.getInfo().getName());
    assertEquals(List.of(link), got.getInfo().getLinksList());
    assertEquals(6, got.getKernelInfo().getProgramType());
    assertFalse(got.getInfo().hasMapOwnerId());
    assertEquals(
        List.of("links/" + link, "maps/" + id + "/hits", "prog_" + id), fixture.daemon.pins());

    fixture.client().detach(link);
    assertEquals(List.of(), fixture.client().get(id).getInfo().getLinksList());
    fixture.client().unload(id);
    assertEquals(List.of(), fixture.daemon.pins());
    assertEquals(Status.Code.NOT_FOUND, failure(() -> fixture.client().get(id)).getCode());
  }

  @Test
  void everyKindAttachesAndNoDescriptorStaysOpen() throws Exception {
    attach("count_xdp", BpfmanProgramType.XDP, fixture.xdp());
    attach("count_tc", BpfmanProgramType.TC, fixture.tc());
    attach("count_tc", BpfmanProgramType.TCX, fixture.tcx(10));
    attach("count_tracepoint", BpfmanProgramType.TRACEPOINT, DaemonFixture.tracepoint());
    attach("count_uprobe", BpfmanProgramType.UPROBE, DaemonFixture.uprobe());
    attach("count_uretprobe", BpfmanProgramType.UPROBE, DaemonFixture.uprobe());

    assertEquals(List.of(), fixture.daemon.bpfDescriptors());
    assertEquals(6, listOurs().getResultsCount());
    for (ListResponse.ListResult result : listOurs().getResultsList()) {
      fixture.client().unload(result.getKernelInfo().getId());
    }
    assertEquals(List.of(), fixture.daemon.pins());
  }

  @Test
  void tcxPositionsAreAnsweredAsTheyAreAfterEachAttachAndDetach() {
    int late = load("count_tc", BpfmanProgramType.TCX);
    int last = fixture.client().attach(late, fixture.tcx(20));
    assertEquals(Map.of(last, 0), positions(0));

    int early = load("count_tc", BpfmanProgramType.TCX);
    int first = fixture.client().attach(early, fixture.tcx(10));
    assertEquals(Map.of(first, 0, last, 1), positions(0));

    int equal = load("count_tc", BpfmanProgramType.TCX);
    int middle = fixture.client().attach(equal, fixture.tcx(10));
    assertEquals(Map.of(first, 0, middle, 1, last, 2), positions(0));
    assertEquals(Map.of(last, 2), positions(late));

    fixture.client().detach(first);
    assertEquals(Map.of(middle, 0, last, 1), positions(0));
    fixture.client().detach(last);
    assertEquals(Map.of(middle, 0), positions(0));
  }

  /** Positions by link; 0 is every program. */
  private Map<Integer, Integer> positions(int program) {
    return fixture
        .client()
        .callExtension(
            "ListLinks",
            ListLinksRequest.newBuilder().setProgramId(program).build(),
            ListLinksResponse.getDefaultInstance())
        .getLinksList()
        .stream()
        .collect(
            Collectors.toMap(
                Link::getId, link -> link.getAttach().getTcxAttachInfo().getPosition()));
  }

  @Test
  void programsOfOneRequestShareTheirMaps() throws Exception {
    LoadResponse response =
        fixture
            .client()
            .load(
                GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
                    .addInfo(
                        LoadInfo.newBuilder()
                            .setName("count_tc")
                            .setProgramType(BpfmanProgramType.TCX))
                    .build());
    assertEquals(
        response.getPrograms(0).getKernelInfo().getMapIdsList(),
        response.getPrograms(1).getKernelInfo().getMapIdsList());
    assertFalse(response.getPrograms(1).getInfo().hasMapOwnerId());
  }

  @Test
  void mapOwnersMapsOutliveTheOwner() throws Exception {
    int owner = load("count_xdp", BpfmanProgramType.XDP);
    LoadResponse second =
        fixture
            .client()
            .load(
                GrpcJavaClient.request(fixture.object, "count_tc", BpfmanProgramType.TCX)
                    .setMapOwnerId(owner)
                    .build());
    String maps = second.getPrograms(0).getInfo().getMapPinPath();
    assertEquals(fixture.client().get(owner).getInfo().getMapPinPath(), maps);

    fixture.client().unload(owner);
    assertTrue(fixture.daemon.pins().contains("maps/" + owner + "/hits"));
    fixture.client().unload(DaemonFixture.id(second));
    assertEquals(List.of(), fixture.daemon.pins());
  }

  @Test
  void listFiltersByMetadataAndKernelType() throws Exception {
    fixture
        .client()
        .load(
            GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
                .putMetadata("team", "blue")
                .build());
    load("count_tc", BpfmanProgramType.TCX);

    ListRequest blue = ListRequest.newBuilder().putMatchMetadata("team", "blue").build();
    assertEquals(1, fixture.client().list(blue).getResultsCount());
    ListRequest classifiers =
        ListRequest.newBuilder().setBpfmanProgramsOnly(true).setProgramType(3).build();
    assertEquals("count_tc", fixture.client().list(classifiers).getResults(0).getInfo().getName());
  }

  @Test
  void globalDataReachesTheProgram() throws Exception {
    LoadResponse response =
        fixture
            .client()
            .load(
                GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
                    .putGlobalData("step", ByteString.copyFrom(new byte[] {5, 0, 0, 0}))
                    .build());
    assertEquals(
        ByteString.copyFrom(new byte[] {5, 0, 0, 0}),
        response.getPrograms(0).getInfo().getGlobalDataOrThrow("step"));
  }

  @Test
  void unknownIdsAreNotFound() {
    assertEquals(
        Status.Code.NOT_FOUND, failure(() -> fixture.client().unload(Integer.MAX_VALUE)).getCode());
    assertEquals(Status.Code.NOT_FOUND, failure(() -> fixture.client().detach(12345)).getCode());
    assertEquals(
        Status.Code.NOT_FOUND,
        failure(() -> fixture.client().attach(Integer.MAX_VALUE, fixture.xdp())).getCode());
  }

  @Test
  void attachOfAnotherKindIsAFailedPrecondition() throws Exception {
    int id = load("count_xdp", BpfmanProgramType.XDP);
    Status status = failure(() -> fixture.client().attach(id, DaemonFixture.tracepoint()));
    assertEquals(Status.Code.FAILED_PRECONDITION, status.getCode());
    assertTrue(String.valueOf(status.getDescription()).contains("attach it as xdp"));
  }

  @Test
  void imagesAreUnimplemented() {
    PullBytecodeRequest request =
        PullBytecodeRequest.newBuilder()
            .setImage(BytecodeImage.newBuilder().setUrl("registry.example/x:1"))
            .build();
    Status status =
        failure(
            () ->
                fixture
                    .client()
                    .call("PullBytecode", request, PullBytecodeResponse.getDefaultInstance()));
    assertEquals(Status.Code.UNIMPLEMENTED, status.getCode());
  }

  @Test
  void terminatedDaemonEndsCleanlyAndLeavesProgramsRunning() throws Exception {
    int id = load("count_xdp", BpfmanProgramType.XDP);
    int link = fixture.client().attach(id, fixture.xdp());
    assertEquals(143, fixture.daemon.terminate());
    assertTrue(fixture.daemon.pins().contains("links/" + link));
  }

  private ListResponse listOurs() {
    return fixture.client().list(ListRequest.newBuilder().setBpfmanProgramsOnly(true).build());
  }

  private int attach(String function, BpfmanProgramType type, AttachInfo.Builder info) {
    return fixture.client().attach(load(function, type), info);
  }

  private int load(String function, BpfmanProgramType type) {
    return DaemonFixture.id(fixture.client().load(fixture.object, function, type));
  }

  private static Status failure(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(StatusRuntimeException.class, call).getStatus();
  }
}
