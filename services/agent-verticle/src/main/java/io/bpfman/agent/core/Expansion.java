package io.bpfman.agent.core;

import io.bpfman.agent.port.NodeInterface;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.bus.v1.KprobeLink;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.NetworkLink;
import io.bpfman.proto.bus.v1.PodChoice;
import io.bpfman.proto.bus.v1.SelectedPod;
import io.bpfman.proto.bus.v1.UprobeLink;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.v1.KprobeAttachInfo;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.TracepointAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns links as written into attach points of this node. */
public final class Expansion {
  private final InterfaceChoice choice;

  public Expansion(List<NodeInterface> interfaces) {
    choice = new InterfaceChoice(interfaces);
  }

  /**
   * @param specs of all links that could be worked out, in the order written
   * @param failure of the first link that could not
   */
  public record Result(List<AttachSpec> specs, @Nullable Failure failure) {
    public Result {
      specs = List.copyOf(specs);
    }
  }

  /**
   * Never throws: a link that cannot be worked out is the failure of the result, and adds no attach
   * point.
   */
  public Result expand(ProgramType type, List<LinkSpec> links) {
    List<AttachSpec> specs = new ArrayList<>();
    Failure failure = null;
    for (LinkSpec link : links) {
      try {
        specs.addAll(one(type, link));
      } catch (BpfmanException bad) {
        failure = failure == null ? bad.failure() : failure;
      }
    }
    return new Result(specs, failure);
  }

  private List<AttachSpec> one(ProgramType type, LinkSpec link) {
    List<AttachSpec> specs =
        switch (link.getSpecCase()) {
          case NETWORK -> network(type, link.getNetwork());
          case TRACEPOINT -> List.of(tracepoint(link.getTracepoint().getName()));
          case KPROBE -> List.of(kprobe(link.getKprobe()));
          case UPROBE -> uprobes(link.getUprobe());
          case FIXED -> List.of(fixed(type));
          case SPEC_NOT_SET ->
              throw FailureCode.INVALID_REQUEST.because("a link names no attach point");
        };
    for (AttachSpec spec : specs) {
      if (!spec.accepts(type)) {
        throw FailureCode.ATTACH_KIND_MISMATCH.because(
            "a program of type %s cannot be attached to %s %s"
                .formatted(type.resourceName(), spec.kind(), spec.attachPoint()));
      }
    }
    return specs;
  }

  private List<AttachSpec> network(ProgramType type, NetworkLink link) {
    if (selectsNoPod(link.getNeedsPods(), link.hasPods() ? link.getPods() : null)) {
      return List.of();
    }
    return choice.names(link.getInterfaces()).stream()
        .map(name -> AttachInfos.fromProto(network(type, link, name)))
        .toList();
  }

  private static AttachInfo network(ProgramType type, NetworkLink link, String name) {
    AttachInfo.Builder info = AttachInfo.newBuilder();
    return switch (type) {
      case XDP -> info.setXdpAttachInfo(xdp(link, name)).build();
      case TC -> info.setTcAttachInfo(tc(link, name)).build();
      case TCX -> info.setTcxAttachInfo(tcx(link, name)).build();
      default ->
          throw FailureCode.ATTACH_KIND_MISMATCH.because(
              "a program of type %s cannot be attached to an interface"
                  .formatted(type.resourceName()));
    };
  }

  private static XDPAttachInfo xdp(NetworkLink link, String name) {
    return XDPAttachInfo.newBuilder()
        .setIface(name)
        .setPriority(link.getPriority())
        .addAllProceedOn(link.getProceedOnList())
        .build();
  }

  private static TCAttachInfo tc(NetworkLink link, String name) {
    return TCAttachInfo.newBuilder()
        .setIface(name)
        .setDirection(link.getDirection())
        .setPriority(link.getPriority())
        .addAllProceedOn(link.getProceedOnList())
        .build();
  }

  private static TCXAttachInfo tcx(NetworkLink link, String name) {
    return TCXAttachInfo.newBuilder()
        .setIface(name)
        .setDirection(link.getDirection())
        .setPriority(link.getPriority())
        .build();
  }

  private static AttachSpec tracepoint(String name) {
    return AttachInfos.fromProto(
        AttachInfo.newBuilder()
            .setTracepointAttachInfo(TracepointAttachInfo.newBuilder().setTracepoint(name))
            .build());
  }

  private static AttachSpec kprobe(KprobeLink link) {
    return AttachInfos.fromProto(
        AttachInfo.newBuilder()
            .setKprobeAttachInfo(
                KprobeAttachInfo.newBuilder()
                    .setFnName(link.getFunction())
                    .setOffset(link.getOffset()))
            .build());
  }

  private static List<AttachSpec> uprobes(UprobeLink link) {
    return selectsNoPod(link.getNeedsPods(), link.hasPods() ? link.getPods() : null)
        ? List.of()
        : List.of(uprobe(link));
  }

  private static AttachSpec uprobe(UprobeLink link) {
    UprobeAttachInfo.Builder info =
        UprobeAttachInfo.newBuilder().setTarget(link.getTarget()).setOffset(link.getOffset());
    if (!link.getFunction().isEmpty()) {
      info.setFnName(link.getFunction());
    }
    if (link.getPid() != 0) {
      info.setPid(link.getPid());
    }
    return AttachInfos.fromProto(AttachInfo.newBuilder().setUprobeAttachInfo(info).build());
  }

  private static AttachSpec fixed(ProgramType type) {
    return switch (type) {
      case FENTRY -> new AttachSpec.Fentry();
      case FEXIT -> new AttachSpec.Fexit();
      case LSM -> new AttachSpec.Lsm();
      default ->
          throw FailureCode.ATTACH_KIND_MISMATCH.because(
              "a program of type %s has no attach point fixed at load"
                  .formatted(type.resourceName()));
    };
  }

  /**
   * True when pods are wanted and none is here. Those that are here cannot be entered yet.
   *
   * @param pods null where nobody knows the pods
   */
  private static boolean selectsNoPod(boolean needed, @Nullable PodChoice pods) {
    if (!needed) {
      return false;
    }
    if (pods == null) {
      throw FailureCode.PODS_UNSUPPORTED.because(
          "the link is for pods, and nobody here knows the pods",
          "use it in a cluster, or attach to the node's own interfaces or files");
    }
    if (pods.getPodsCount() > 0) {
      SelectedPod first = pods.getPods(0);
      throw FailureCode.PODS_UNSUPPORTED.because(
          "the link selects %d pods of this node, %s/%s first; links in the network namespaces or containers of pods are not supported yet"
              .formatted(pods.getPodsCount(), first.getNamespace(), first.getName()),
          "attach to the node's own interfaces or files");
    }
    return true;
  }
}
