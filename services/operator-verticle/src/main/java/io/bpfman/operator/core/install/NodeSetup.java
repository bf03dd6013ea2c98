package io.bpfman.operator.core.install;

import io.bpfman.api.v1alpha1.ComponentOverride;
import io.bpfman.api.v1alpha1.ConfigAgent;
import io.bpfman.api.v1alpha1.ConfigDaemon;
import java.util.List;

/**
 * What has to run on the nodes, whoever says so.
 *
 * @param owner who says so
 * @param agent image, level and resources
 * @param daemon image, level, resources and placement
 * @param toml text of bpfman.toml
 * @param addresses of the agent
 * @param overrides what is left to users
 */
public record NodeSetup(
    SetupOwner owner,
    ConfigAgent agent,
    ConfigDaemon daemon,
    String toml,
    AgentAddresses addresses,
    List<ComponentOverride> overrides) {
  public NodeSetup {
    overrides = List.copyOf(overrides);
  }

  /** Of the objects with one. */
  public String namespace() {
    return owner.namespace();
  }

  /** Whether the object is its user's business. */
  public boolean leaves(ObjectRef object) {
    return Overrides.leaves(overrides, object);
  }
}
