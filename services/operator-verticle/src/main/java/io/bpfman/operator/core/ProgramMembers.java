package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationProgramType;
import io.bpfman.api.v1alpha1.FixedProgramStatus;
import io.bpfman.api.v1alpha1.KprobeProgramStatus;
import io.bpfman.api.v1alpha1.KretprobeProgramStatus;
import io.bpfman.api.v1alpha1.ProgramStatus;
import io.bpfman.api.v1alpha1.TcProgramStatus;
import io.bpfman.api.v1alpha1.TcxProgramStatus;
import io.bpfman.api.v1alpha1.TracepointProgramStatus;
import io.bpfman.api.v1alpha1.UprobeProgramStatus;
import io.bpfman.api.v1alpha1.XdpProgramStatus;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.bus.v1.ProgramReport;
import java.util.List;
import java.util.function.Function;

/** Sets the one member of a program status that fits its type. */
final class ProgramMembers {
  private ProgramMembers() {}

  static void set(ProgramStatus status, ApplicationProgramType type, ProgramReport report) {
    switch (type) {
      case XDP -> status.setXdp(xdp(report));
      case TC -> status.setTc(tc(report));
      case TCX -> status.setTcx(tcx(report));
      case FENTRY -> status.setFentry(fixed(report));
      case FEXIT -> status.setFexit(fixed(report));
      case KPROBE -> status.setKprobe(kprobe(report));
      case KRETPROBE -> status.setKretprobe(kretprobe(report));
      case UPROBE -> status.setUprobe(uprobe(report));
      case URETPROBE -> status.setUretprobe(uprobe(report));
      case TRACEPOINT -> status.setTracepoint(tracepoint(report));
    }
  }

  private static XdpProgramStatus xdp(ProgramReport report) {
    XdpProgramStatus status = new XdpProgramStatus();
    status.setLinks(links(report, NetworkLinkStatuses::xdp));
    return status;
  }

  private static TcProgramStatus tc(ProgramReport report) {
    TcProgramStatus status = new TcProgramStatus();
    status.setLinks(links(report, NetworkLinkStatuses::tc));
    return status;
  }

  private static TcxProgramStatus tcx(ProgramReport report) {
    TcxProgramStatus status = new TcxProgramStatus();
    status.setLinks(links(report, NetworkLinkStatuses::tcx));
    return status;
  }

  private static KprobeProgramStatus kprobe(ProgramReport report) {
    KprobeProgramStatus status = new KprobeProgramStatus();
    status.setLinks(links(report, ProbeLinkStatuses::kprobe));
    return status;
  }

  private static KretprobeProgramStatus kretprobe(ProgramReport report) {
    KretprobeProgramStatus status = new KretprobeProgramStatus();
    status.setLinks(links(report, ProbeLinkStatuses::kretprobe));
    return status;
  }

  private static UprobeProgramStatus uprobe(ProgramReport report) {
    UprobeProgramStatus status = new UprobeProgramStatus();
    status.setLinks(links(report, ProbeLinkStatuses::uprobe));
    return status;
  }

  private static TracepointProgramStatus tracepoint(ProgramReport report) {
    TracepointProgramStatus status = new TracepointProgramStatus();
    status.setLinks(links(report, ProbeLinkStatuses::tracepoint));
    return status;
  }

  private static FixedProgramStatus fixed(ProgramReport report) {
    FixedProgramStatus status = new FixedProgramStatus();
    status.setLinks(links(report, ProbeLinkStatuses::fixed));
    return status;
  }

  private static <T> List<T> links(ProgramReport report, Function<LinkReport, T> mapper) {
    return report.getLinksList().stream().map(mapper).toList();
  }
}
