package io.bpfman.loader.adapter.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.contract.wire.LoadRequests;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.x.v1.CheckRequest;
import io.bpfman.proto.x.v1.Feature;
import io.bpfman.proto.x.v1.ProgramStats;
import io.bpfman.proto.x.v1.StatsRequest;
import io.bpfman.proto.x.v1.StatsResponse;
import io.bpfman.proto.x.v1.Support;
import io.bpfman.testkit.TestNetns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The extension's calls that look and change nothing, on the running kernel. */
@Tag("kernel")
class DiagnosticCallsIT extends ExtensionCase {
  @Test
  void runsAreCountedWhileAWindowIsOpenAndNoDescriptorStays() throws Exception {
    try (TestNetns netns = TestNetns.create()) {
      var link =
          instance
              .core()
              .links()
              .attach(
                  new ProgramId(program),
                  io.bpfman.contract.wire.AttachInfos.fromProto(
                      io.bpfman.proto.v1.AttachInfo.newBuilder()
                          .setXdpAttachInfo(
                              io.bpfman.proto.v1.XDPAttachInfo.newBuilder()
                                  .setIface(TestNetns.INTERFACE)
                                  .setNetns(netns.path().toString())
                                  .setPriority(50))
                          .build()),
                  Map.of());
      ProgramStats before = stats(3_000);
      netns.ping(5);
      ProgramStats after = stats(400);
      assertTrue(after.getRunCount() >= before.getRunCount() + 5, after::toString);
      assertTrue(after.getRunTimeNs() > before.getRunTimeNs(), after::toString);
      assertTrue(after.getMemoryBytes() > 0);
      assertEquals("touch", after.getName());
      assertTrue(bpfDescriptors().size() == 1, () -> "one switch for both windows");
      Awaitility.await().atMost(Duration.ofSeconds(6)).until(() -> bpfDescriptors().isEmpty());
      instance.core().links().detach(link.id());
    }
    assertEquals(
        FailureCode.INVALID_REQUEST,
        failure(() -> diagnostics.stats(StatsRequest.newBuilder().setWindowMs(60_001).build()))
            .code());
  }

  @Test
  void foreignProgramsAreCountedOnlyWhenAskedFor() {
    StatsResponse ours = diagnostics.stats(StatsRequest.getDefaultInstance());
    assertEquals(1, ours.getProgramsCount());
    StatsResponse all =
        diagnostics.stats(StatsRequest.newBuilder().setIncludeForeign(true).build());
    assertTrue(all.getProgramsCount() >= 1);
    assertTrue(all.getProgramsList().stream().anyMatch(ProgramStats::getOurs));
  }

  @Test
  void everyFeatureHasAnAnswerAndAReason() {
    List<Feature> features = diagnostics.probe().getFeaturesList();
    assertTrue(features.stream().noneMatch(feature -> feature.getReason().isBlank()));
    for (String name : List.of("xdp", "tc", "tcx", "tracepoint", "uprobe", "hash", "lpm_trie")) {
      assertEquals(Support.SUPPORT_YES, support(features, name), name);
    }
    for (String name : List.of("fentry", "fexit", "lsm", "freplace", "kprobe", "kretprobe")) {
      assertEquals(Support.SUPPORT_NO, support(features, name), name);
    }
    assertEquals(features, diagnostics.probe().getFeaturesList());
  }

  @Test
  void aCheckLeavesNothingWhetherItSucceedsOrNot() throws Exception {
    Set<Long> before = livingPrograms();
    CheckRequest all =
        CheckRequest.newBuilder()
            .setLoad(LoadRequests.toProto(spec(object)).toBuilder().clearInfo())
            .build();
    assertEquals("touch", diagnostics.check(all).getPrograms(0).getName());
    assertTrue(diagnostics.check(all).getPrograms(0).getVerifiedInstructions() > 0);
    CheckRequest bad =
        CheckRequest.newBuilder()
            .setLoad(LoadRequests.toProto(spec(broken)).toBuilder().clearInfo())
            .build();
    Failure refused = failure(() -> diagnostics.check(bad));
    assertEquals(FailureCode.VERIFIER_REJECTED, refused.code());
    assertTrue(refused.message().contains("\"broken\""), refused::describe);
    assertTrue(refused.log().contains("invalid access to packet"), refused::log);
    assertEquals(
        failure(
                () ->
                    instance
                        .core()
                        .programs()
                        .load(spec(broken, TOUCH, new ProgramSpec("broken", ProgramType.XDP))))
            .message(),
        refused.message());
    assertEquals(before, livingPrograms());
    try (Stream<Path> pins = Files.list(directory.resolve("run/fs/maps"))) {
      assertEquals(
          List.of(Integer.toString(program)),
          pins.map(pin -> pin.getFileName().toString()).filter(n -> n.matches("[0-9]+")).toList());
    }
  }

  /** Of our names only: others load programs on this host meanwhile. */
  private static Set<Long> livingPrograms() {
    return instance.core().inventory().kernelPrograms().stream()
        .filter(living -> Set.of("touch", "broken").contains(living.name()))
        .map(KernelProgram::id)
        .map(ProgramId::value)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Support support(List<Feature> features, String name) {
    return features.stream()
        .filter(feature -> feature.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no feature " + name))
        .getSupport();
  }

  private static ProgramStats stats(int window) {
    return diagnostics
        .stats(StatsRequest.newBuilder().setProgramId(program).setWindowMs(window).build())
        .getPrograms(0);
  }
}
