package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ComponentOverride;
import io.bpfman.api.v1alpha1.Config;
import io.bpfman.api.v1alpha1.ConfigAgent;
import io.bpfman.api.v1alpha1.ConfigDaemon;
import io.bpfman.api.v1alpha1.ConfigSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of the schema of a Config, and two that it cannot say, in plain Java. Pure. */
public final class ConfigValidator {
  private static final int HEALTH_PROBE_PORT = 8175;
  private static final int MAX_PORT = 65535;

  private final Rules rules = new Rules(false);

  private ConfigValidator() {}

  /** Broken rules in field order; empty for a valid Config. */
  public static List<FieldProblem> validate(Config config) {
    ConfigValidator validator = new ConfigValidator();
    validator.name(config.getMetadata().getName());
    validator.spec(config.getSpec());
    return List.copyOf(validator.rules.problems());
  }

  /** Fills in what the API server would fill in from the schema. Idempotent. */
  static void fillDefaults(Config config) {
    ConfigAgent agent = config.getSpec().getAgent();
    if (agent != null && agent.getHealthProbePort() == null) {
      agent.setHealthProbePort(HEALTH_PROBE_PORT);
    }
  }

  private void name(@Nullable String name) {
    if (rules.required("metadata.name", name) && !ApiNames.CONFIG_NAME.equals(name)) {
      rules.report(
          "metadata.name",
          "\"%s\" would be ignored; must be %s".formatted(name, ApiNames.CONFIG_NAME));
    }
  }

  private void spec(ConfigSpec spec) {
    text("spec.namespace", spec.getNamespace());
    ConfigAgent agent = spec.getAgent();
    if (rules.required("spec.agent", agent) && agent != null) {
      text("spec.agent.image", agent.getImage());
      rules.range("spec.agent.healthProbePort", agent.getHealthProbePort(), 1, MAX_PORT);
    }
    ConfigDaemon daemon = spec.getDaemon();
    if (rules.required("spec.daemon", daemon) && daemon != null) {
      text("spec.daemon.image", daemon.getImage());
    }
    text("spec.configuration", spec.getConfiguration());
    overrides(spec.getOverrides());
  }

  private void overrides(List<ComponentOverride> overrides) {
    Map<List<@Nullable String>, Integer> seen = new HashMap<>();
    for (int i = 0; i < overrides.size(); i++) {
      ComponentOverride override = overrides.get(i);
      String at = "spec.overrides[" + i + "]";
      rules.required(at + ".apiVersion", override.getApiVersion());
      rules.required(at + ".kind", override.getKind());
      rules.required(at + ".namespace", override.getNamespace());
      rules.required(at + ".name", override.getName());
      rules.required(at + ".unmanaged", override.getUnmanaged());
      Integer before = seen.putIfAbsent(key(override), i);
      if (before != null) {
        rules.report(at, "names the same object as spec.overrides[" + before + "]");
      }
    }
  }

  private static List<@Nullable String> key(ComponentOverride override) {
    return Arrays.asList(
        override.getKind(), override.getApiVersion(), override.getNamespace(), override.getName());
  }

  private void text(String path, @Nullable String value) {
    if (rules.required(path, value) && "".equals(value)) {
      rules.report(path, "must not be empty");
    }
  }
}
