package io.bpfman.operator.core;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.api.v1alpha1.FixedProgram;
import io.bpfman.api.v1alpha1.KprobeLink;
import io.bpfman.api.v1alpha1.UprobeLink;
import io.bpfman.api.v1alpha1.UprobeProgram;
import io.bpfman.proto.bus.v1.FixedLink;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.Program;
import io.bpfman.proto.bus.v1.TracepointLink;
import java.util.stream.Stream;

/**
 * From one program of an application to its form on the bus. The validator has made sure of what is
 * required here.
 */
final class DesiredPrograms {
  private DesiredPrograms() {}

  static Program program(ApplicationProgram program) {
    Program.Builder wanted =
        Program.newBuilder()
            .setName(requireNonNull(program.getName()))
            .setType(requireNonNull(program.getType()).type().resourceName());
    links(program, wanted).forEach(wanted::addLinks);
    return wanted.build();
  }

  private static Stream<LinkSpec> links(ApplicationProgram program, Program.Builder wanted) {
    return switch (requireNonNull(program.getType())) {
      case XDP ->
          requireNonNull(program.getXdp()).getLinks().stream().map(DesiredNetworkLinks::xdp);
      case TC -> requireNonNull(program.getTc()).getLinks().stream().map(DesiredNetworkLinks::tc);
      case TCX ->
          requireNonNull(program.getTcx()).getLinks().stream().map(DesiredNetworkLinks::tcx);
      case FENTRY -> fixed(requireNonNull(program.getFentry()), wanted);
      case FEXIT -> fixed(requireNonNull(program.getFexit()), wanted);
      case KPROBE ->
          requireNonNull(program.getKprobe()).getLinks().stream().map(DesiredPrograms::kprobe);
      case KRETPROBE ->
          requireNonNull(program.getKretprobe()).getLinks().stream()
              .map(link -> kprobe(requireNonNull(link.getFunction()), 0));
      case UPROBE -> uprobes(requireNonNull(program.getUprobe()));
      case URETPROBE -> uprobes(requireNonNull(program.getUretprobe()));
      case TRACEPOINT ->
          requireNonNull(program.getTracepoint()).getLinks().stream()
              .map(link -> tracepoint(requireNonNull(link.getName())));
    };
  }

  private static Stream<LinkSpec> fixed(FixedProgram program, Program.Builder wanted) {
    wanted.setAttachFunction(requireNonNull(program.getFunction()));
    return program.getLinks().stream()
        .map(_ -> LinkSpec.newBuilder().setFixed(FixedLink.getDefaultInstance()).build());
  }

  private static LinkSpec kprobe(KprobeLink link) {
    return kprobe(requireNonNull(link.getFunction()), requireNonNullElse(link.getOffset(), 0L));
  }

  private static LinkSpec kprobe(String function, long offset) {
    return LinkSpec.newBuilder()
        .setKprobe(
            io.bpfman.proto.bus.v1.KprobeLink.newBuilder().setFunction(function).setOffset(offset))
        .build();
  }

  private static LinkSpec tracepoint(String name) {
    return LinkSpec.newBuilder().setTracepoint(TracepointLink.newBuilder().setName(name)).build();
  }

  private static Stream<LinkSpec> uprobes(UprobeProgram program) {
    return program.getLinks().stream().map(DesiredPrograms::uprobe);
  }

  private static LinkSpec uprobe(UprobeLink link) {
    return LinkSpec.newBuilder()
        .setUprobe(
            io.bpfman.proto.bus.v1.UprobeLink.newBuilder()
                .setTarget(requireNonNull(link.getTarget()))
                .setFunction(requireNonNullElse(link.getFunction(), ""))
                .setOffset(requireNonNullElse(link.getOffset(), 0L))
                .setPid(requireNonNullElse(link.getPid(), 0))
                .setNeedsPods(link.getContainers() != null))
        .build();
  }
}
