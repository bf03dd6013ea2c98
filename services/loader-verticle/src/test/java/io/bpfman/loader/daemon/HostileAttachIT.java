package io.bpfman.loader.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.BpfmanProgramType;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.LoadRequest;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.testkit.BpfCompiler;
import io.bpfman.testkit.Commands;
import io.bpfman.testkit.TestNetns;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Attach points and owners that cannot be: refused by name, and everything stays as it was. */
@Tag("kernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileAttachIT {
  private static final String OTHER_MAPS =
      """
      #include <linux/bpf.h>
      #include <bpf/bpf_helpers.h>
      struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 7); __type(key, __u64);
        __type(value, __u64); } hits SEC(".maps");
      SEC("xdp") int other_hits(struct xdp_md *ctx) { __u64 k = 0; bpf_map_lookup_elem(&hits, &k); return XDP_PASS; }
      char _license[] SEC("license") = "GPL";
      """;

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
    fixture
        .client()
        .list(ListRequest.newBuilder().setBpfmanProgramsOnly(true).build())
        .getResultsList()
        .forEach(result -> fixture.client().unload(result.getKernelInfo().getId()));
    assertEquals(List.of(), fixture.daemon.pins());
    assertEquals(List.of(), fixture.daemon.bpfDescriptors());
  }

  @Test
  void secondTcxAttachOfOneProgramIsRefused() throws Exception {
    int id = load("count_tc", BpfmanProgramType.TCX);
    fixture.client().attach(id, fixture.tcx(10));
    refused(() -> fixture.client().attach(id, fixture.tcx(20)), "already attached");
    assertEquals(1, fixture.client().get(id).getInfo().getLinksCount());
  }

  @Test
  void foreignXdpProgramIsNamedAndStays() throws Exception {
    Path foreign = BpfCompiler.compile(directory, "foreign", OTHER_MAPS);
    fixture.netns.ip(
        "link", "set", TestNetns.INTERFACE, "xdp", "obj", foreign.toString(), "sec", "xdp");
    try {
      int id = load("count_xdp", BpfmanProgramType.XDP);
      refused(() -> fixture.client().attach(id, fixture.xdp()), "other_hits");
      assertTrue(fixture.netns.ip("link", "show", TestNetns.INTERFACE).contains("xdp"));
    } finally {
      fixture.netns.ip("link", "set", TestNetns.INTERFACE, "xdp", "off");
    }
  }

  @Test
  void foreignIngressQdiscStaysWhatEverBecomesOfTheAttach() throws Exception {
    Commands.run(
        "tc", "-n", fixture.netns.name(), "qdisc", "add", "dev", TestNetns.INTERFACE, "ingress");
    try {
      int id = load("count_tc", BpfmanProgramType.TC);
      AttachInfo.Builder egress = fixture.tc();
      egress.getTcAttachInfoBuilder().setDirection("egress");
      refused(() -> fixture.client().attach(id, egress), TestNetns.INTERFACE);
      assertTrue(qdiscs().contains("ingress"), qdiscs());
    } finally {
      Commands.run(
          "tc", "-n", fixture.netns.name(), "qdisc", "del", "dev", TestNetns.INTERFACE, "ingress");
    }
  }

  private String qdiscs() {
    return Commands.run(
        "tc", "-n", fixture.netns.name(), "qdisc", "show", "dev", TestNetns.INTERFACE);
  }

  @Test
  void unknownProceedOnCodeIsNamed() throws Exception {
    int id = load("count_xdp", BpfmanProgramType.XDP);
    AttachInfo.Builder attach = fixture.xdp();
    attach.getXdpAttachInfoBuilder().addProceedOn(77);
    refused(() -> fixture.client().attach(id, attach), "77");
  }

  @Test
  void negativePriorityIsNamed() throws Exception {
    int id = load("count_tc", BpfmanProgramType.TCX);
    refused(() -> fixture.client().attach(id, fixture.tcx(-5)), "-5");
  }

  @Test
  void fileThatIsNoNamespaceIsNamed() throws Exception {
    int id = load("count_xdp", BpfmanProgramType.XDP);
    AttachInfo.Builder attach = fixture.xdp();
    attach.getXdpAttachInfoBuilder().setNetns(fixture.object.toString());
    refused(() -> fixture.client().attach(id, attach), "is not a network namespace");
  }

  @Test
  void pipeThatIsNoNamespaceHoldsUpNothing() throws Exception {
    int id = load("count_xdp", BpfmanProgramType.XDP);
    Path pipe = directory.resolve("pipe");
    Commands.run("mkfifo", pipe.toString());
    AttachInfo.Builder attach = fixture.xdp();
    attach.getXdpAttachInfoBuilder().setNetns(pipe.toString());
    refused(() -> fixture.client().attach(id, attach), "is not a network namespace");
  }

  @Test
  void containerThatIsGoneIsNamed() throws Exception {
    Process gone = new ProcessBuilder("true").start();
    gone.waitFor();
    int id = load("count_uprobe", BpfmanProgramType.UPROBE);
    AttachInfo.Builder attach =
        AttachInfo.newBuilder()
            .setUprobeAttachInfo(
                UprobeAttachInfo.newBuilder()
                    .setTarget("/bin/true")
                    .setFnName("main")
                    .setContainerPid((int) gone.pid()));
    refused(() -> fixture.client().attach(id, attach), "process " + gone.pid());
  }

  @Test
  void mapOwnerThatDoesNotExistIsNamed() {
    LoadRequest request =
        GrpcJavaClient.request(fixture.object, "count_xdp", BpfmanProgramType.XDP)
            .setMapOwnerId(Integer.MAX_VALUE)
            .build();
    refused(() -> fixture.client().load(request), Integer.toString(Integer.MAX_VALUE));
  }

  @Test
  void mapOwnerWhoseMapsDoNotFitIsToldTheDifference() throws Exception {
    int owner = load("count_xdp", BpfmanProgramType.XDP);
    Path other = BpfCompiler.compile(directory, "other", OTHER_MAPS);
    LoadRequest request =
        GrpcJavaClient.request(other, "other_hits", BpfmanProgramType.XDP)
            .setMapOwnerId(owner)
            .build();
    String words = refused(() -> fixture.client().load(request), "\"hits\"");
    assertTrue(words.contains("size"), words);
    assertEquals(owner, fixture.client().get(owner).getKernelInfo().getId());
  }

  @Test
  void damagedTypesAreRefusedBeforeLibbpfSeesThem() throws IOException {
    byte[] object = Files.readAllBytes(fixture.object);
    String text = new String(object, StandardCharsets.ISO_8859_1).replace("\0hits\0", "\0/its\0");
    Path damaged =
        Files.write(directory.resolve("slash.o"), text.getBytes(StandardCharsets.ISO_8859_1));
    LoadRequest request =
        GrpcJavaClient.request(damaged, "count_xdp", BpfmanProgramType.XDP).build();
    refused(() -> fixture.client().load(request), "/its");
  }

  private int load(String function, BpfmanProgramType type) {
    return DaemonFixture.id(fixture.client().load(fixture.object, function, type));
  }

  private static String refused(Executable call, String expected) {
    Status status = assertThrows(StatusRuntimeException.class, call).getStatus();
    String words = String.valueOf(status.getDescription());
    assertTrue(words.contains(expected), words);
    return words;
  }
}
