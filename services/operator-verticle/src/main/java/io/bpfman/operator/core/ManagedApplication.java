package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationResource;
import io.bpfman.model.ApplicationKey;

/**
 * An application as its source gives it; the same instance for as long as nothing but its status
 * changes.
 *
 * @param key identity
 * @param resource metadata, and the newest spec that can be used: valid, with defaults
 * @param generation of the newest spec, whether it can be used or not
 * @param refusal why the newest spec is not used; empty when it is
 * @param obstacle what the spec that is used names and the cluster does not have; empty: nothing
 */
public record ManagedApplication(
    ApplicationKey key,
    ApplicationResource resource,
    long generation,
    String refusal,
    String obstacle) {
  /** Without obstacle. */
  public ManagedApplication(
      ApplicationKey key, ApplicationResource resource, long generation, String refusal) {
    this(key, resource, generation, refusal, "");
  }

  /** One whose newest spec is used. */
  public static ManagedApplication of(ApplicationResource resource) {
    return new ManagedApplication(resource.key(), resource, generation(resource), "");
  }

  /** This one with its newest spec refused: what was usable stays. */
  public ManagedApplication refused(long newest, String why) {
    return new ManagedApplication(key, resource, newest, why);
  }

  /** The same instance when that is known of it already. */
  public ManagedApplication obstructed(String what) {
    return obstacle.equals(what)
        ? this
        : new ManagedApplication(key, resource, generation, refusal, what);
  }

  /** The obstacle, if there is one, before what follows from it. */
  public String explain(String consequence) {
    return obstacle.isEmpty() ? consequence : obstacle + "; " + consequence;
  }

  public boolean deleting() {
    return resource.getMetadata().getDeletionTimestamp() != null;
  }

  /** Whether the nodes can be told to run it. */
  public boolean usable() {
    return refusal.isEmpty() || usableGeneration() < generation;
  }

  /** Generation that the nodes are told to run. */
  public long usableGeneration() {
    return generation(resource);
  }

  private static long generation(ApplicationResource resource) {
    Long generation = resource.getMetadata().getGeneration();
    return generation == null ? 0 : generation;
  }
}
