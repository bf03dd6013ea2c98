package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.BpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.api.v1alpha1.ConfigSpec;
import io.bpfman.api.v1alpha1.ConfigStatus;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A kind that people write.
 *
 * @param name as in the field {@code kind}
 * @param shape of the whole document
 * @param rules broken rules of an object, in field order
 * @param defaults fills in what the API server would
 */
record ManifestKind<T extends CustomResource<?, ?>>(
    String name,
    Class<T> type,
    Shape.Fields shape,
    Function<T, List<FieldProblem>> rules,
    Consumer<T> defaults) {

  static final ManifestKind<ClusterBpfApplication> CLUSTER_APPLICATION =
      new ManifestKind<>(
          ApiNames.APPLICATION_KIND,
          ClusterBpfApplication.class,
          new Shapes(false).document(ApplicationSpec.class, ApplicationStatus.class),
          ApplicationValidator::validate,
          application -> ApplicationDefaults.fill(application.getSpec()));

  static final ManifestKind<BpfApplication> APPLICATION =
      new ManifestKind<>(
          ApiNames.NAMESPACED_APPLICATION_KIND,
          BpfApplication.class,
          new Shapes(true).document(ApplicationSpec.class, ApplicationStatus.class),
          ApplicationValidator::validate,
          application -> ApplicationDefaults.fill(application.getSpec()));

  static final ManifestKind<Config> CONFIG =
      new ManifestKind<>(
          ApiNames.CONFIG_KIND,
          Config.class,
          new Shapes(false).document(ConfigSpec.class, ConfigStatus.class),
          ConfigValidator::validate,
          ConfigValidator::fillDefaults);

  /** What one host can run: it has no namespaces, and is configured by its own files. */
  static final List<ManifestKind<?>> OF_A_HOST = List.of(CLUSTER_APPLICATION);

  static final List<ManifestKind<?>> OF_A_CLUSTER =
      List.of(CLUSTER_APPLICATION, APPLICATION, CONFIG);
}
