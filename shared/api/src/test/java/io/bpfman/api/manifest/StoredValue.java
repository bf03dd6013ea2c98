package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.Config;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;

/** The value of a case in an object, as the table shows it. */
public final class StoredValue {
  private StoredValue() {}

  /** Of an object that was made of the case's manifest. */
  public static String of(String field, HasMetadata object) {
    if (object instanceof Config config) {
      Quantity memory = config.getSpec().getAgent().getResources().getRequests().get("memory");
      return memory.getAmount() + memory.getFormat();
    }
    ApplicationSpec spec = ((ClusterBpfApplication) object).getSpec();
    var labels = spec.getNodeSelector().getMatchLabels();
    var link = spec.getPrograms().getFirst().getXdp().getLinks().getFirst();
    return switch (field) {
      case "key" -> labels.keySet().iterator().next();
      case "label" -> labels.values().iterator().next();
      case "bytes" -> ManifestValues.text(spec.getGlobalData().get("data"));
      case "flag" ->
          link.getInterfaceSelector()
              .getInterfacesDiscoveryConfig()
              .getInterfaceAutoDiscovery()
              .toString();
      // The server keeps nothing for null; our reader fills in what that means.
      default -> String.valueOf(link.getPriority() == null ? 1000 : link.getPriority());
    };
  }
}
