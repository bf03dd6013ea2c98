package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.NetworkLinkStatus;
import io.bpfman.api.v1alpha1.TcLinkStatus;
import io.bpfman.api.v1alpha1.TcProceedOn;
import io.bpfman.api.v1alpha1.TcxLinkStatus;
import io.bpfman.api.v1alpha1.TrafficDirection;
import io.bpfman.api.v1alpha1.XdpLinkStatus;
import io.bpfman.api.v1alpha1.XdpProceedOn;
import io.bpfman.model.Direction;
import io.bpfman.proto.bus.v1.LinkReport;
import io.bpfman.proto.v1.TCAttachInfo;
import io.bpfman.proto.v1.TCXAttachInfo;
import io.bpfman.proto.v1.XDPAttachInfo;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From link reports to the status of links to interfaces. */
final class NetworkLinkStatuses {
  private NetworkLinkStatuses() {}

  static XdpLinkStatus xdp(LinkReport report) {
    XDPAttachInfo info = report.getAttach().getXdpAttachInfo();
    XdpLinkStatus status = LinkStatuses.common(new XdpLinkStatus(), report);
    place(status, info.getIface(), info.hasNetns() ? info.getNetns() : null);
    status.setPriority(info.getPriority());
    status.setProceedOn(
        Arrays.stream(XdpProceedOn.values())
            .filter(code -> info.getProceedOnList().contains(code.action().code()))
            .toList());
    return status;
  }

  static TcLinkStatus tc(LinkReport report) {
    TCAttachInfo info = report.getAttach().getTcAttachInfo();
    TcLinkStatus status = LinkStatuses.common(new TcLinkStatus(), report);
    place(status, info.getIface(), info.hasNetns() ? info.getNetns() : null);
    status.setPriority(info.getPriority());
    status.setDirection(direction(info.getDirection()));
    List<Integer> codes = info.getProceedOnList();
    status.setProceedOn(
        Arrays.stream(TcProceedOn.values())
            .filter(code -> codes.contains(code.action().code()))
            .toList());
    return status;
  }

  static TcxLinkStatus tcx(LinkReport report) {
    TCXAttachInfo info = report.getAttach().getTcxAttachInfo();
    TcxLinkStatus status = LinkStatuses.common(new TcxLinkStatus(), report);
    place(status, info.getIface(), info.hasNetns() ? info.getNetns() : null);
    status.setPriority(info.getPriority());
    status.setDirection(direction(info.getDirection()));
    return status;
  }

  private static void place(NetworkLinkStatus status, String name, @Nullable String netns) {
    status.setInterfaceName(name);
    status.setNetnsPath(netns);
  }

  private static @Nullable TrafficDirection direction(String name) {
    return Direction.ofName(name)
        .map(d -> d == Direction.INGRESS ? TrafficDirection.INGRESS : TrafficDirection.EGRESS)
        .orElse(null);
  }
}
