package io.bpfman.contract.wire;

import static io.bpfman.contract.wire.AttachFields.hook;
import static io.bpfman.contract.wire.AttachFields.nonNegative;
import static io.bpfman.contract.wire.AttachFields.offset;
import static io.bpfman.contract.wire.AttachFields.required;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.KprobeAttachInfo;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import java.util.Map;

/** {@link AttachSpec} as a wire message and back. */
public final class AttachInfos {
  private AttachInfos() {}

  public static AttachInfo toProto(AttachSpec spec, Map<String, String> metadata) {
    return AttachWriter.write(spec, metadata);
  }

  /**
   * With its place among the daemon's links on the same hook, from 0; kinds that are on no network
   * hook have none and stay as they are.
   */
  public static AttachInfo at(int position, AttachInfo info) {
    AttachInfo.Builder placed = info.toBuilder();
    switch (info.getInfoCase()) {
      case XDP_ATTACH_INFO -> placed.getXdpAttachInfoBuilder().setPosition(position);
      case TC_ATTACH_INFO -> placed.getTcAttachInfoBuilder().setPosition(position);
      case TCX_ATTACH_INFO -> placed.getTcxAttachInfoBuilder().setPosition(position);
      default -> {
        return info;
      }
    }
    return placed.build();
  }

  /**
   * Checks everything that can be told without looking at the machine; an empty proceed-on list
   * means the default.
   *
   * @throws io.bpfman.model.BpfmanException INVALID_REQUEST naming the first field that is wrong;
   *     UNIMPLEMENTED when no kind is set; SYMBOL_NOT_FOUND for a uprobe with neither function nor
   *     offset
   */
  public static AttachSpec fromProto(AttachInfo info) {
    return switch (info.getInfoCase()) {
      case XDP_ATTACH_INFO -> xdp(info.getXdpAttachInfo());
      case TC_ATTACH_INFO -> tc(info.getTcAttachInfo());
      case TCX_ATTACH_INFO -> tcx(info.getTcxAttachInfo());
      case TRACEPOINT_ATTACH_INFO ->
          AttachFields.tracepoint(info.getTracepointAttachInfo().getTracepoint());
      case KPROBE_ATTACH_INFO -> kprobe(info.getKprobeAttachInfo());
      case UPROBE_ATTACH_INFO -> uprobe(info.getUprobeAttachInfo());
      case FENTRY_ATTACH_INFO -> new AttachSpec.Fentry();
      case FEXIT_ATTACH_INFO -> new AttachSpec.Fexit();
      case LSM_ATTACH_INFO -> new AttachSpec.Lsm();
      case INFO_NOT_SET ->
          throw FailureCode.UNIMPLEMENTED.because(
              "the attach request names no kind of attach point that this daemon knows",
              "set one of xdp, tc, tcx, tracepoint, kprobe, uprobe, fentry, fexit, lsm");
    };
  }

  /** Metadata of whichever kind is set; empty when none is. */
  public static Map<String, String> metadata(AttachInfo info) {
    return switch (info.getInfoCase()) {
      case XDP_ATTACH_INFO -> info.getXdpAttachInfo().getMetadataMap();
      case TC_ATTACH_INFO -> info.getTcAttachInfo().getMetadataMap();
      case TCX_ATTACH_INFO -> info.getTcxAttachInfo().getMetadataMap();
      case TRACEPOINT_ATTACH_INFO -> info.getTracepointAttachInfo().getMetadataMap();
      case KPROBE_ATTACH_INFO -> info.getKprobeAttachInfo().getMetadataMap();
      case UPROBE_ATTACH_INFO -> info.getUprobeAttachInfo().getMetadataMap();
      case FENTRY_ATTACH_INFO -> info.getFentryAttachInfo().getMetadataMap();
      case FEXIT_ATTACH_INFO -> info.getFexitAttachInfo().getMetadataMap();
      case LSM_ATTACH_INFO -> info.getLsmAttachInfo().getMetadataMap();
      case INFO_NOT_SET -> Map.of();
    };
  }

  private static AttachSpec xdp(XDPAttachInfo info) {
    return new AttachSpec.Xdp(
        hook(info.getIface(), info.getNetns()),
        nonNegative("priority", info.getPriority()),
        ProceedOn.xdp(info.getProceedOnList()));
  }

  private static AttachSpec tc(TCAttachInfo info) {
    return new AttachSpec.Tc(
        hook(info.getIface(), info.getNetns()),
        AttachFields.direction(info.getDirection()),
        nonNegative("priority", info.getPriority()),
        ProceedOn.tc(info.getProceedOnList()));
  }

  private static AttachSpec tcx(TCXAttachInfo info) {
    return new AttachSpec.Tcx(
        hook(info.getIface(), info.getNetns()),
        AttachFields.direction(info.getDirection()),
        nonNegative("priority", info.getPriority()));
  }

  private static AttachSpec kprobe(KprobeAttachInfo info) {
    return new AttachSpec.Kprobe(
        required("fn_name of the kprobe", info.getFnName(), "name a kernel function"),
        offset(info.getOffset()),
        info.hasContainerPid() ? nonNegative("container_pid", info.getContainerPid()) : null);
  }

  private static AttachSpec uprobe(UprobeAttachInfo info) {
    String target =
        required("target of the uprobe", info.getTarget(), "give a path or the name of a library");
    String function = info.getFnName().isEmpty() ? null : info.getFnName();
    if (function == null && info.getOffset() == 0) {
      throw FailureCode.SYMBOL_NOT_FOUND.because(
          "the uprobe on %s names neither a function nor an offset".formatted(target),
          "set fn_name, or an offset in bytes from the start of the file");
    }
    return new AttachSpec.Uprobe(
        target,
        function,
        offset(info.getOffset()),
        info.hasPid() ? nonNegative("pid", info.getPid()) : null,
        info.hasContainerPid() ? nonNegative("container_pid", info.getContainerPid()) : null);
  }
}
