package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.FixedLinkStatus;
import io.bpfman.api.v1alpha1.KprobeLinkStatus;
import io.bpfman.api.v1alpha1.KretprobeLinkStatus;
import io.bpfman.api.v1alpha1.TracepointLinkStatus;
import io.bpfman.api.v1alpha1.UprobeLinkStatus;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.v1.KprobeAttachInfo;
import io.bpfman.proto.v1.UprobeAttachInfo;

/** From link reports to the status of links to probes. */
final class ProbeLinkStatuses {
  private ProbeLinkStatuses() {}

  static FixedLinkStatus fixed(LinkReport report) {
    return LinkStatuses.common(new FixedLinkStatus(), report);
  }

  static TracepointLinkStatus tracepoint(LinkReport report) {
    TracepointLinkStatus status = LinkStatuses.common(new TracepointLinkStatus(), report);
    status.setName(report.getAttach().getTracepointAttachInfo().getTracepoint());
    return status;
  }

  static KprobeLinkStatus kprobe(LinkReport report) {
    KprobeAttachInfo info = report.getAttach().getKprobeAttachInfo();
    KprobeLinkStatus status = LinkStatuses.common(new KprobeLinkStatus(), report);
    status.setFunction(info.getFnName());
    status.setOffset(info.getOffset());
    return status;
  }

  static KretprobeLinkStatus kretprobe(LinkReport report) {
    KretprobeLinkStatus status = LinkStatuses.common(new KretprobeLinkStatus(), report);
    status.setFunction(report.getAttach().getKprobeAttachInfo().getFnName());
    return status;
  }

  static UprobeLinkStatus uprobe(LinkReport report) {
    UprobeAttachInfo info = report.getAttach().getUprobeAttachInfo();
    UprobeLinkStatus status = LinkStatuses.common(new UprobeLinkStatus(), report);
    status.setTarget(info.getTarget());
    status.setFunction(info.hasFnName() ? info.getFnName() : null);
    status.setOffset(info.getOffset());
    status.setPid(info.hasPid() ? info.getPid() : null);
    status.setContainerPid(info.hasContainerPid() ? info.getContainerPid() : null);
    return status;
  }
}
