package io.bpfman.operator.core.install;

import io.bpfman.api.v1alpha1.Config;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/** A cluster's default, as it comes from the server. */
final class InstallFixtures {
  static final InstallSettings SETTINGS =
      InstallSettings.of("bpfman", new InstallSettings.Images("daemon:1", "agent:1", null));
  static final Platform PLAIN = new Platform(false, false);
  static final Platform EVERYTHING = new Platform(true, true);

  private InstallFixtures() {}

  static Config config() {
    Config config = DefaultConfig.of(SETTINGS);
    config.getMetadata().setUid("uid-1");
    return config;
  }

  static List<GenericKubernetesResource> objects(Config config, Platform platform) {
    return DesiredObjects.of(Setups.of(config, SETTINGS), SETTINGS, platform);
  }

  static GenericKubernetesResource object(
      List<GenericKubernetesResource> objects, String kind, String name) {
    return objects.stream()
        .filter(object -> object.getKind().equals(kind))
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
  }
}
