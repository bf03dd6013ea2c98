package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.bpfman.api.schema.MapKeys;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How bpfman runs in the cluster. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"namespace", "agent", "daemon", "configuration", "overrides"})
public class ConfigSpec {
  private @Nullable String namespace;

  @Required private @Nullable ConfigAgent agent;

  @Required private @Nullable ConfigDaemon daemon;

  @Required
  @Size(min = 1)
  private @Nullable String configuration;

  @MapKeys({"kind", "apiVersion", "namespace", "name"})
  private List<ComponentOverride> overrides = new ArrayList<>();

  /** Kubernetes namespace of everything that the operator makes. */
  public @Nullable String getNamespace() {
    return namespace;
  }

  public void setNamespace(@Nullable String namespace) {
    this.namespace = namespace;
  }

  public @Nullable ConfigAgent getAgent() {
    return agent;
  }

  public void setAgent(@Nullable ConfigAgent agent) {
    this.agent = agent;
  }

  public @Nullable ConfigDaemon getDaemon() {
    return daemon;
  }

  public void setDaemon(@Nullable ConfigDaemon daemon) {
    this.daemon = daemon;
  }

  /** Text of bpfman.toml. */
  public @Nullable String getConfiguration() {
    return configuration;
  }

  public void setConfiguration(@Nullable String configuration) {
    this.configuration = configuration;
  }

  /** Objects that the operator leaves alone. */
  public List<ComponentOverride> getOverrides() {
    return overrides;
  }

  /** Null counts as empty. */
  public void setOverrides(@Nullable List<ComponentOverride> overrides) {
    this.overrides = overrides == null ? new ArrayList<>() : overrides;
  }
}
