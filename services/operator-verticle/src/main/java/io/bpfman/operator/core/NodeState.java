package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationStateResource;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.model.ApplicationKey;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of one application on one node. The object that says it is made when it is
 * written: there is one for each application and node, and it takes ten times as much memory as
 * what it is made from.
 */
public sealed interface NodeState {
  ApplicationKey application();

  String node();

  /** Of the object. */
  String name();

  /** Of the condition; empty without one. */
  String type();

  long updateCount();

  /** Since when the condition has this type; empty when it has not. */
  Optional<String> since(String type);

  /** The whole object. */
  ApplicationStateResource resource();

  /** As an earlier process left it; empty for an object without owner label or node. */
  static Optional<NodeState> written(ApplicationStateResource resource) {
    ApplicationStateStatus status = resource.getStatus();
    var labels = resource.getMetadata().getLabels();
    String owner = labels == null ? null : labels.get(ApiNames.OWNER_LABEL);
    if (status == null || status.getNode() == null || owner == null) {
      return Optional.empty();
    }
    String namespace = Objects.requireNonNullElse(resource.getMetadata().getNamespace(), "");
    ApplicationKey application = ApplicationKey.of(namespace, owner);
    return Optional.of(new Written(application, status.getNode(), resource));
  }

  /** Read from where an earlier process wrote it. */
  record Written(ApplicationKey application, String node, ApplicationStateResource resource)
      implements NodeState {
    @Override
    public String name() {
      return resource.getMetadata().getName();
    }

    @Override
    public String type() {
      return conditions().stream()
          .flatMap(condition -> Stream.ofNullable(condition.getType()))
          .findFirst()
          .orElse("");
    }

    @Override
    public long updateCount() {
      return Objects.requireNonNull(resource.getStatus()).getUpdateCount();
    }

    @Override
    public Optional<String> since(String type) {
      return conditions().stream()
          .filter(condition -> type.equals(condition.getType()))
          .flatMap(condition -> Stream.ofNullable(condition.getLastTransitionTime()))
          .findFirst();
    }

    private List<Condition> conditions() {
      return Objects.requireNonNull(resource.getStatus()).getConditions();
    }
  }

  /**
   * Worked out by this process.
   *
   * @param managed the application, with what it wanted then
   * @param hostname label of the object
   * @param report null when the node said nothing of the application
   * @param since when the verdict became of this type
   */
  record Derived(
      ManagedApplication managed,
      String node,
      String hostname,
      String name,
      Verdict verdict,
      @Nullable CompactReport report,
      long updateCount,
      String since)
      implements NodeState {
    @Override
    public ApplicationKey application() {
      return managed.key();
    }

    @Override
    public String type() {
      return verdict.type();
    }

    @Override
    public Optional<String> since(String type) {
      return type.equals(type()) ? Optional.of(since) : Optional.empty();
    }

    @Override
    public ApplicationStateResource resource() {
      return NodeStates.resource(this);
    }

    /** Whether the objects certainly differ; seen without making them. */
    boolean differs(Derived other) {
      return managed.usableGeneration() != other.managed.usableGeneration()
          || !verdict.equals(other.verdict);
    }

    Derived counted(long count) {
      return new Derived(managed, node, hostname, name, verdict, report, count, since);
    }
  }
}
