package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of an application over all nodes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"observedGeneration", "conditions", "nodes", "failures"})
public class ApplicationStatus {
  @Min(0)
  private @Nullable Long observedGeneration;

  private List<Condition> conditions = new ArrayList<>();

  private @Nullable NodeCounts nodes;

  @Size(max = 10)
  private List<NodeFailure> failures = new ArrayList<>();

  /** Generation of the application that the rest of the status is about. */
  public @Nullable Long getObservedGeneration() {
    return observedGeneration;
  }

  public void setObservedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
  }

  /** Exactly one once the operator has seen the application. */
  public List<Condition> getConditions() {
    return conditions;
  }

  /** Null counts as empty. */
  public void setConditions(@Nullable List<Condition> conditions) {
    this.conditions = conditions == null ? new ArrayList<>() : conditions;
  }

  /** Absent until the operator has chosen the nodes. */
  public @Nullable NodeCounts getNodes() {
    return nodes;
  }

  public void setNodes(@Nullable NodeCounts nodes) {
    this.nodes = nodes;
  }

  /** The first failing nodes by name, at most 10; how many there are is in {@code nodes}. */
  public List<NodeFailure> getFailures() {
    return failures;
  }

  /** Null counts as empty. */
  public void setFailures(@Nullable List<NodeFailure> failures) {
    this.failures = failures == null ? new ArrayList<>() : failures;
  }
}
