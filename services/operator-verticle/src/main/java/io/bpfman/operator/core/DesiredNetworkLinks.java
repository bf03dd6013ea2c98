package io.bpfman.operator.core;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.bpfman.api.manifest.ApplicationDefaults;
import io.bpfman.api.v1alpha1.InterfacesDiscoveryConfig;
import io.bpfman.api.v1alpha1.TcLink;
import io.bpfman.api.v1alpha1.TcxLink;
import io.bpfman.api.v1alpha1.XdpLink;
import io.bpfman.proto.bus.v1.InterfaceDiscovery;
import io.bpfman.proto.bus.v1.InterfaceSelector;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.NetworkLink;
import java.util.List;

/** From links to interfaces as the user wrote them to their form on the bus. */
final class DesiredNetworkLinks {
  private DesiredNetworkLinks() {}

  static LinkSpec xdp(XdpLink link) {
    NetworkLink.Builder wanted =
        network(requireNonNull(link.getInterfaceSelector()))
            .setPriority(requireNonNullElse(link.getPriority(), ApplicationDefaults.PRIORITY))
            .setNeedsPods(link.getNetworkNamespaces() != null);
    requireNonNullElse(link.getProceedOn(), List.<io.bpfman.api.v1alpha1.XdpProceedOn>of())
        .forEach(code -> wanted.addProceedOn(code.action().code()));
    return LinkSpec.newBuilder().setNetwork(wanted).build();
  }

  static LinkSpec tc(TcLink link) {
    NetworkLink.Builder wanted =
        network(requireNonNull(link.getInterfaceSelector()))
            .setDirection(requireNonNull(link.getDirection()).direction().wireName())
            .setPriority(requireNonNullElse(link.getPriority(), ApplicationDefaults.PRIORITY))
            .setNeedsPods(link.getNetworkNamespaces() != null);
    requireNonNullElse(link.getProceedOn(), List.<io.bpfman.api.v1alpha1.TcProceedOn>of())
        .forEach(code -> wanted.addProceedOn(code.action().code()));
    return LinkSpec.newBuilder().setNetwork(wanted).build();
  }

  static LinkSpec tcx(TcxLink link) {
    NetworkLink.Builder wanted =
        network(requireNonNull(link.getInterfaceSelector()))
            .setDirection(requireNonNull(link.getDirection()).direction().wireName())
            .setPriority(requireNonNullElse(link.getPriority(), ApplicationDefaults.PRIORITY))
            .setNeedsPods(link.getNetworkNamespaces() != null);
    return LinkSpec.newBuilder().setNetwork(wanted).build();
  }

  private static NetworkLink.Builder network(io.bpfman.api.v1alpha1.InterfaceSelector selector) {
    InterfaceSelector.Builder wanted =
        InterfaceSelector.newBuilder()
            .addAllNames(requireNonNullElse(selector.getInterfaces(), List.of()))
            .setPrimary(Boolean.TRUE.equals(selector.getPrimaryNodeInterface()));
    InterfacesDiscoveryConfig config = selector.getInterfacesDiscoveryConfig();
    if (config != null) {
      wanted.setDiscovery(
          InterfaceDiscovery.newBuilder()
              .addAllExclude(requireNonNullElse(config.getExcludeInterfaces(), List.of("lo")))
              .addAllAllow(config.getAllowedInterfaces()));
    }
    return NetworkLink.newBuilder().setInterfaces(wanted);
  }
}
