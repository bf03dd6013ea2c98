package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.FentryLoadInfo;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.LoadInfo;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.ProgSpecificInfo;
import io.bpfman.proto.v1.TracepointAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import io.bpfman.testkit.TestNetns;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input is answered with a sentence that helps, and leaves kernel, pins and store as they were.
 */
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {
  private Path directory;
  private DaemonFixture fixture;

  @BeforeAll
  void startDaemon(@TempDir Path temporary) throws Exception {
    directory = temporary;
    fixture = new DaemonFixture(directory);
  }

  @AfterAll
  void stopDaemon() throws Exception {
    fixture.close();
  }

  @AfterEach
  void nothingWasLeftBehind() throws Exception {
    ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
    fixture
        .client()
        .list(ours)
        .getResultsList()
        .forEach(result -> fixture.client().unload(result.getKernelInfo().getId()));
    assertEquals(java.util.List.of(), fixture.daemon.pins());
    assertEquals(java.util.List.of(), fixture.daemon.bpfDescriptors());
  }

  @Test
  void missingObjectIsNamed() {
    refusedLoad(Path.of("/nowhere/x.o"), "/nowhere/x.o");
  }

  @Test
  void emptyObjectIsNamed() throws IOException {
    refusedLoad(Files.write(directory.resolve("empty.o"), new byte[0]), "empty");
  }

  @Test
  void truncatedObjectIsNamed() throws IOException {
    byte[] whole = Files.readAllBytes(fixture.object);
    Path cut = Files.write(directory.resolve("cut.o"), Arrays.copyOf(whole, whole.length / 2));
    refusedLoad(cut, "truncated");
  }

  @Test
  void textFileIsNoElf() throws IOException {
    refusedLoad(Files.writeString(directory.resolve("text.o"), "x".repeat(4096)), "ELF");
  }

  @Test
  void objectOfAnotherMachineSaysWhichOneItIsFor() {
    refusedLoad(Path.of(System.getProperty("java.home"), "bin", "java"), "x86");
  }

  @Test
  void unknownFunctionListsTheObjectsFunctions() {
    refused("count_xpd", BpfmanProgramType.XDP, "count_xdp");
  }

  @Test
  void sectionOfAnotherTypeIsRefused() {
    refused("count_xdp", BpfmanProgramType.TRACEPOINT, "section \"xdp\"");
  }

  @Test
  void verifiersReasonIsInTheMessage() {
    String message = refused("reads_past_the_packet", BpfmanProgramType.XDP, "verifier");
    assertTrue(message.contains("invalid access to packet"), message);
  }

  @Test
  void unknownGlobalListsTheObjectsGlobals() {
    LoadRequest request =
        GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
            .putGlobalData("steps", ByteString.copyFrom(new byte[4]))
            .build();
    refused(request, "step");
  }

  @Test
  void globalOfWrongSizeNamesTheRightOne() {
    LoadRequest request =
        GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
            .putGlobalData("step", ByteString.copyFrom(new byte[8]))
            .build();
    refused(request, "4 bytes");
  }

  @Test
  void typeThatThisKernelRefusesSaysWhatTheKernelLacks() {
    LoadRequest request =
        GrpcJavaClient.request(fixture.object, "watch_function", BpfmanProgramType.FENTRY)
            .setInfo(
                0,
                LoadInfo.newBuilder()
                    .setName("watch_function")
                    .setProgramType(BpfmanProgramType.FENTRY)
                    .setInfo(
                        ProgSpecificInfo.newBuilder()
                            .setFentryLoadInfo(
                                FentryLoadInfo.newBuilder().setFnName("do_unlinkat"))))
            .build();
    refused(request, "kernel");
  }

  @Test
  void missingInterfaceListsThoseThatExist() {
    AttachInfo.Builder attach =
        AttachInfo.newBuilder()
            .setXdpAttachInfo(
                XDPAttachInfo.newBuilder()
                    .setIface("eth99")
                    .setNetns(fixture.netns.path().toString()));
    String message = refusedAttach("count_xdp", BpfmanProgramType.XDP, attach, "eth99");
    assertTrue(message.contains(TestNetns.INTERFACE), message);
  }

  @Test
  void missingNetworkNamespaceIsNamed() {
    AttachInfo.Builder attach =
        AttachInfo.newBuilder()
            .setXdpAttachInfo(
                XDPAttachInfo.newBuilder().setIface("lo").setNetns("/run/netns/none"));
    refusedAttach("count_xdp", BpfmanProgramType.XDP, attach, "/run/netns/none");
  }

  @Test
  void unknownTracepointOffersNearNames() {
    AttachInfo.Builder attach =
        AttachInfo.newBuilder()
            .setTracepointAttachInfo(
                TracepointAttachInfo.newBuilder().setTracepoint("syscalls/sys_enter_getpgidd"));
    refusedAttach("count_tracepoint", BpfmanProgramType.TRACEPOINT, attach, "sys_enter_getpgid");
  }

  @Test
  void missingUprobeTargetIsNamed() {
    refusedUprobe("/usr/lib/none.so", "f", "/usr/lib/none.so");
  }

  @Test
  void missingUprobeSymbolOffersNearNames() {
    refusedUprobe("libc", "mallocc", "malloc");
  }

  @Test
  void secondXdpProgramOnOneInterfaceIsRefusedAndTheFirstStays() throws Exception {
    int first = load("count_xdp");
    int link = fixture.client().attach(first, fixture.xdp());
    refusedAttach("count_xdp", BpfmanProgramType.XDP, fixture.xdp(), "TCX");
    assertEquals(java.util.List.of(link), fixture.client().get(first).getInfo().getLinksList());
  }

  @Test
  void requestOfThreeHundredMegabytesIsRefusedAndTheDaemonGoesOn() {
    LoadRequest huge =
        GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
            .putGlobalData("step", ByteString.copyFrom(new byte[300 << 20]))
            .build();
    StatusRuntimeException e =
        assertThrows(StatusRuntimeException.class, () -> fixture.client().load(huge));
    assertEquals(io.grpc.Status.Code.RESOURCE_EXHAUSTED, e.getStatus().getCode());
    assertTrue(load("count_xdp") > 0);
  }

  private void refusedUprobe(String target, String function, String expected) {
    AttachInfo.Builder attach =
        AttachInfo.newBuilder()
            .setUprobeAttachInfo(
                UprobeAttachInfo.newBuilder().setTarget(target).setFnName(function));
    refusedAttach("count_uprobe", BpfmanProgramType.UPROBE, attach, expected);
  }

  private String refusedAttach(
      String function, BpfmanProgramType type, AttachInfo.Builder attach, String expected) {
    int id = DaemonFixture.id(fixture.client().load(fixture.object, function, type));
    return message(() -> fixture.client().attach(id, attach), expected);
  }

  private void refusedLoad(Path object, String expected) {
    refused(GrpcJavaClient.request(object, "count_xdp", BpfmanProgramType.XDP).build(), expected);
  }

  private String refused(String function, BpfmanProgramType type, String expected) {
    return refused(GrpcJavaClient.request(fixture.object, function, type).build(), expected);
  }

  private String refused(LoadRequest request, String expected) {
    return message(() -> fixture.client().load(request), expected);
  }

  private static String message(org.junit.jupiter.api.function.Executable call, String expected) {
    String message =
        String.valueOf(
            assertThrows(StatusRuntimeException.class, call).getStatus().getDescription());
    assertTrue(message.contains(expected), message);
    return message;
  }

  private int load(String function) {
    return DaemonFixture.id(fixture.client().load(fixture.object, function, BpfmanProgramType.XDP));
  }
}
