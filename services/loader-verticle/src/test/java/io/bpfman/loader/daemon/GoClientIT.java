package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.AttachRequest;
import io.bpfman.proto.v1.AttachResponse;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.DetachResponse;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.GetResponse;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.LoadResponse;
import io.bpfman.proto.v1.PullBytecodeRequest;
import io.bpfman.proto.v1.PullBytecodeResponse;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.v1.UnloadResponse;
import io.bpfman.testkit.peer.GoClient;
import io.bpfman.testkit.peer.GoStatusException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client that bpfman publishes for Go on the daemon: every call, on the running kernel. */
@Tag("kernel")
@Tag("go")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GoClientIT {
  @TempDir Path directory;
  private DaemonFixture fixture;
  private GoClient client;

  @BeforeEach
  void start() throws Exception {
    fixture = new DaemonFixture(directory);
    client = GoClient.of(fixture.daemon.socket());
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    fixture.close();
  }

  @Test
  void aProgramIsLoadedAttachedListedDetachedAndUnloaded() {
    LoadResponse.Builder loaded =
        load(
            request("count_xdp", BpfmanProgramType.XDP)
                .putMetadata("team", "blue")
                .putGlobalData("step", ByteString.copyFrom(new byte[] {5, 0, 0, 0})));
    int id = loaded.getPrograms(0).getKernelInfo().getId();
    int link = attach(id, fixture.xdp());

    ListResponse.Builder listed =
        list(ListRequest.newBuilder().putMatchMetadata("team", "blue").setProgramType(6));
    assertEquals(1, listed.getResultsCount());
    assertEquals(id, listed.getResults(0).getKernelInfo().getId());
    assertEquals("count_xdp", listed.getResults(0).getInfo().getName());
    GetResponse.Builder got = get(id);
    assertEquals(List.of(link), got.getInfo().getLinksList());
    assertEquals(List.of(Integer.toString(id)), got.getInfo().getMapUsedByList());
    assertEquals(
        ByteString.copyFrom(new byte[] {5, 0, 0, 0}), got.getInfo().getGlobalDataOrThrow("step"));
    assertTrue(Files.exists(Path.of(got.getInfo().getMapPinPath(), "hits")));
    assertEquals(listed.getResults(0).getKernelInfo(), got.getKernelInfo());

    client.call("Detach", detach(link), DetachResponse.newBuilder());
    assertEquals(List.of(), get(id).getInfo().getLinksList());
    client.call("Unload", unload(id), UnloadResponse.newBuilder());
    assertEquals(0, list(ListRequest.newBuilder().setBpfmanProgramsOnly(true)).getResultsCount());
    assertRefused("NotFound", "Get", GetRequest.newBuilder().setId(id).build());
  }

  @Test
  void everyKindThatThisKernelHasIsAttachedByItsOwnMessage() {
    List<Integer> links =
        List.of(
            attached("count_xdp", BpfmanProgramType.XDP, fixture.xdp()),
            attached("count_tc", BpfmanProgramType.TC, fixture.tc()),
            attached("count_tc", BpfmanProgramType.TCX, fixture.tcx(10)),
            attached("count_tracepoint", BpfmanProgramType.TRACEPOINT, DaemonFixture.tracepoint()),
            attached("count_uprobe", BpfmanProgramType.UPROBE, DaemonFixture.uprobe()),
            attached("count_uretprobe", BpfmanProgramType.UPROBE, DaemonFixture.uprobe()));

    assertEquals(List.of(1, 2, 3, 4, 5, 6), links);
    List<Integer> types =
        list(ListRequest.newBuilder().setBpfmanProgramsOnly(true)).getResultsList().stream()
            .map(result -> result.getKernelInfo().getProgramType())
            .sorted()
            .toList();
    assertEquals(List.of(2, 2, 3, 3, 5, 6), types);
  }

  @Test
  void mapsAreJoinedByTheOwnersId() {
    int owner = id(load(request("count_xdp", BpfmanProgramType.XDP)));
    assertFalse(get(owner).getInfo().hasMapOwnerId());

    int joined = id(load(request("count_tc", BpfmanProgramType.TCX).setMapOwnerId(owner)));

    assertEquals(owner, get(joined).getInfo().getMapOwnerId());
    assertEquals(get(owner).getInfo().getMapPinPath(), get(joined).getInfo().getMapPinPath());
    assertEquals(
        List.of(Integer.toString(owner), Integer.toString(joined)),
        get(owner).getInfo().getMapUsedByList());
  }

  @Test
  void whatIsRefusedHasTheStatusThatClientsExpect() {
    int id = id(load(request("count_xdp", BpfmanProgramType.XDP)));
    assertRefused("InvalidArgument", "Load", LoadRequest.getDefaultInstance());
    assertRefused("Internal", "Load", request("no_such", BpfmanProgramType.XDP).build());
    assertRefused("NotFound", "Unload", unload(Integer.MAX_VALUE));
    assertRefused("NotFound", "Detach", detach(Integer.MAX_VALUE));
    assertRefused("NotFound", "Attach", attach(Integer.MAX_VALUE, fixture.xdp().build()));
    assertRefused("FailedPrecondition", "Attach", attach(id, DaemonFixture.tracepoint().build()));
    assertRefused("InvalidArgument", "Attach", AttachRequest.newBuilder().setId(id).build());
    assertRefused("Unimplemented", "Attach", attach(id, AttachInfo.getDefaultInstance()));
    PullBytecodeRequest pull =
        PullBytecodeRequest.newBuilder()
            .setImage(BytecodeImage.newBuilder().setUrl("registry.test/a:1"))
            .build();
    assertRefused("Unimplemented", "PullBytecode", pull);
  }

  private void assertRefused(String code, String method, Message request) {
    GoStatusException refused =
        assertThrows(
            GoStatusException.class,
            () -> client.call(method, request, PullBytecodeResponse.newBuilder()));
    assertEquals(code, refused.code(), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).isBlank());
  }

  private LoadRequest.Builder request(String function, BpfmanProgramType type) {
    LoadRequest.Builder request = LoadRequest.newBuilder();
    request.getBytecodeBuilder().setFile(fixture.object.toString());
    return request.addInfo(LoadInfo.newBuilder().setName(function).setProgramType(type));
  }

  private LoadResponse.Builder load(LoadRequest.Builder request) {
    return client.call("Load", request.build(), LoadResponse.newBuilder());
  }

  private static int id(LoadResponse.Builder loaded) {
    return loaded.getPrograms(0).getKernelInfo().getId();
  }

  private int attached(String function, BpfmanProgramType type, AttachInfo.Builder point) {
    return attach(id(load(request(function, type))), point);
  }

  private int attach(int id, AttachInfo.Builder point) {
    return client
        .call("Attach", attach(id, point.build()), AttachResponse.newBuilder())
        .getLinkId();
  }

  private static AttachRequest attach(int id, AttachInfo point) {
    return AttachRequest.newBuilder().setId(id).setAttach(point).build();
  }

  private static DetachRequest detach(int link) {
    return DetachRequest.newBuilder().setLinkId(link).build();
  }

  private static UnloadRequest unload(int id) {
    return UnloadRequest.newBuilder().setId(id).build();
  }

  private GetResponse.Builder get(int id) {
    return client.call("Get", GetRequest.newBuilder().setId(id).build(), GetResponse.newBuilder());
  }

  private ListResponse.Builder list(ListRequest.Builder request) {
    return client.call("List", request.build(), ListResponse.newBuilder());
  }
}
