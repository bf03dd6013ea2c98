package io.bpfman.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * An application: programs of one object, to be loaded and attached on the nodes that its selector
 * matches.
 */
@Group(ApiNames.GROUP)
@Version(ApiNames.VERSION)
@Kind(ApiNames.APPLICATION_KIND)
@Plural("clusterbpfapplications")
@Singular("clusterbpfapplication")
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
public class ClusterBpfApplication extends ApplicationResource {
  private static final long serialVersionUID = 1L;
}
