package io.bpfman.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** How bpfman runs in the cluster. Only the object of name {@link ApiNames#CONFIG_NAME} counts. */
@Group(ApiNames.GROUP)
@Version(ApiNames.VERSION)
@Kind(ApiNames.CONFIG_KIND)
@Plural("configs")
@Singular("config")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
public class Config extends CustomResource<ConfigSpec, ConfigStatus> {
  private static final long serialVersionUID = 1L;

  @Override
  protected ConfigSpec initSpec() {
    return new ConfigSpec();
  }

  @Override
  protected @Nullable ConfigStatus initStatus() {
    return null;
  }
}
