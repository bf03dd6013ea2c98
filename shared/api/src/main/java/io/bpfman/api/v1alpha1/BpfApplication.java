package io.bpfman.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * An application of one Kubernetes namespace: its programs attach only in the pods of that
 * namespace.
 */
@Group(ApiNames.GROUP)
@Version(ApiNames.VERSION)
@Kind(ApiNames.NAMESPACED_APPLICATION_KIND)
@Plural("bpfapplications")
@Singular("bpfapplication")
@AdditionalPrinterColumn(
    name = "NodeSelector",
    jsonPath = ".spec.nodeSelector",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Status",
    jsonPath = ".status.conditions[0].reason",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.nodes.ready",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Selected",
    jsonPath = ".status.nodes.selected",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class BpfApplication extends ApplicationResource implements Namespaced {
  private static final long serialVersionUID = 1L;
}
