package io.bpfman.contract.wire;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.FentryAttachInfo;
import io.bpfman.proto.v1.FexitAttachInfo;
import io.bpfman.proto.v1.KprobeAttachInfo;
import io.bpfman.proto.v1.LsmAttachInfo;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.TracepointAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import java.util.Map;

/**
 * Writes attach points; codes of proceed-on are ascending, so equal specifications give equal
 * messages.
 */
final class AttachWriter {
  private AttachWriter() {}

  static AttachInfo write(AttachSpec spec, Map<String, String> metadata) {
    AttachInfo.Builder info = AttachInfo.newBuilder();
    return switch (spec) {
      case AttachSpec.Xdp xdp -> info.setXdpAttachInfo(xdp(xdp, metadata)).build();
      case AttachSpec.Tc tc -> info.setTcAttachInfo(tc(tc, metadata)).build();
      case AttachSpec.Tcx tcx -> info.setTcxAttachInfo(tcx(tcx, metadata)).build();
      case AttachSpec.Tracepoint point ->
          info.setTracepointAttachInfo(tracepoint(point, metadata)).build();
      case AttachSpec.Kprobe probe -> info.setKprobeAttachInfo(kprobe(probe, metadata)).build();
      case AttachSpec.Uprobe probe -> info.setUprobeAttachInfo(uprobe(probe, metadata)).build();
      case AttachSpec.Fentry _ ->
          info.setFentryAttachInfo(FentryAttachInfo.newBuilder().putAllMetadata(metadata)).build();
      case AttachSpec.Fexit _ ->
          info.setFexitAttachInfo(FexitAttachInfo.newBuilder().putAllMetadata(metadata)).build();
      case AttachSpec.Lsm _ ->
          info.setLsmAttachInfo(LsmAttachInfo.newBuilder().putAllMetadata(metadata)).build();
    };
  }

  private static XDPAttachInfo xdp(AttachSpec.Xdp spec, Map<String, String> metadata) {
    XDPAttachInfo.Builder builder =
        XDPAttachInfo.newBuilder()
            .setPriority(spec.priority())
            .setIface(spec.hook().interfaceName())
            .putAllMetadata(metadata);
    if (spec.hook().netns() != null) {
      builder.setNetns(spec.hook().netns());
    }
    spec.proceedOn().stream().map(XdpAction::code).sorted().forEach(builder::addProceedOn);
    return builder.build();
  }

  private static TCAttachInfo tc(AttachSpec.Tc spec, Map<String, String> metadata) {
    TCAttachInfo.Builder builder =
        TCAttachInfo.newBuilder()
            .setPriority(spec.priority())
            .setIface(spec.hook().interfaceName())
            .setDirection(spec.direction().wireName())
            .putAllMetadata(metadata);
    if (spec.hook().netns() != null) {
      builder.setNetns(spec.hook().netns());
    }
    spec.proceedOn().stream().map(TcAction::code).sorted().forEach(builder::addProceedOn);
    return builder.build();
  }

  private static TCXAttachInfo tcx(AttachSpec.Tcx spec, Map<String, String> metadata) {
    TCXAttachInfo.Builder builder =
        TCXAttachInfo.newBuilder()
            .setPriority(spec.priority())
            .setIface(spec.hook().interfaceName())
            .setDirection(spec.direction().wireName())
            .putAllMetadata(metadata);
    if (spec.hook().netns() != null) {
      builder.setNetns(spec.hook().netns());
    }
    return builder.build();
  }

  private static TracepointAttachInfo tracepoint(
      AttachSpec.Tracepoint spec, Map<String, String> metadata) {
    return TracepointAttachInfo.newBuilder()
        .setTracepoint(spec.attachPoint())
        .putAllMetadata(metadata)
        .build();
  }

  private static KprobeAttachInfo kprobe(AttachSpec.Kprobe spec, Map<String, String> metadata) {
    KprobeAttachInfo.Builder builder =
        KprobeAttachInfo.newBuilder()
            .setFnName(spec.function())
            .setOffset(spec.offset())
            .putAllMetadata(metadata);
    if (spec.containerPid() != null) {
      builder.setContainerPid(spec.containerPid());
    }
    return builder.build();
  }

  private static UprobeAttachInfo uprobe(AttachSpec.Uprobe spec, Map<String, String> metadata) {
    UprobeAttachInfo.Builder builder =
        UprobeAttachInfo.newBuilder()
            .setTarget(spec.target())
            .setOffset(spec.offset())
            .putAllMetadata(metadata);
    if (spec.function() != null) {
      builder.setFnName(spec.function());
    }
    if (spec.pid() != null) {
      builder.setPid(spec.pid());
    }
    if (spec.containerPid() != null) {
      builder.setContainerPid(spec.containerPid());
    }
    return builder.build();
  }
}
