package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.InterfaceSelector;
import io.bpfman.api.v1alpha1.NetworkNamespaces;
import io.bpfman.api.v1alpha1.TcLink;
import io.bpfman.api.v1alpha1.TcProgram;
import io.bpfman.api.v1alpha1.TcxLink;
import io.bpfman.api.v1alpha1.TcxProgram;
import io.bpfman.api.v1alpha1.XdpLink;
import io.bpfman.api.v1alpha1.XdpProgram;
import org.jspecify.annotations.Nullable;

/** Rules of links to interfaces. */
final class NetworkRules {
  private static final int MAX_PRIORITY = 1000;

  private final Rules rules;
  private final String at;

  NetworkRules(Rules rules, String at) {
    this.rules = rules;
    this.at = at;
  }

  void xdp(@Nullable XdpProgram program) {
    for (int i = 0; program != null && i < program.getLinks().size(); i++) {
      XdpLink link = program.getLinks().get(i);
      String path = at + ".xdp.links[" + i + "]";
      place(path, link.getInterfaceSelector(), link.getNetworkNamespaces());
      rules.range(path + ".priority", link.getPriority(), 0, MAX_PRIORITY);
    }
  }

  void tc(@Nullable TcProgram program) {
    for (int i = 0; program != null && i < program.getLinks().size(); i++) {
      TcLink link = program.getLinks().get(i);
      String path = at + ".tc.links[" + i + "]";
      place(path, link.getInterfaceSelector(), link.getNetworkNamespaces());
      rules.required(path + ".direction", link.getDirection());
      rules.range(path + ".priority", link.getPriority(), 0, MAX_PRIORITY);
    }
  }

  void tcx(@Nullable TcxProgram program) {
    for (int i = 0; program != null && i < program.getLinks().size(); i++) {
      TcxLink link = program.getLinks().get(i);
      String path = at + ".tcx.links[" + i + "]";
      place(path, link.getInterfaceSelector(), link.getNetworkNamespaces());
      rules.required(path + ".direction", link.getDirection());
      rules.range(path + ".priority", link.getPriority(), 0, MAX_PRIORITY);
    }
  }

  private void place(
      String path, @Nullable InterfaceSelector selector, @Nullable NetworkNamespaces namespaces) {
    if (rules.required(path + ".interfaceSelector", selector) && selector != null) {
      SelectorRules.interfaces(rules, path + ".interfaceSelector", selector);
    }
    rules.requiredInNamespace(path + ".networkNamespaces", namespaces);
    if (namespaces != null) {
      rules.required(path + ".networkNamespaces.pods", namespaces.getPods());
      SelectorRules.labels(rules, path + ".networkNamespaces.pods", namespaces.getPods());
    }
  }
}
