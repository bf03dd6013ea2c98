package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State of one application on one node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
  "updateCount",
  "observedGeneration",
  "node",
  "appLoadStatus",
  "conditions",
  "programs"
})
public class ApplicationStateStatus {
  @Required private long updateCount;

  @Min(0)
  private @Nullable Long observedGeneration;

  @Required private @Nullable String node;

  @Required private @Nullable String appLoadStatus;

  private List<Condition> conditions = new ArrayList<>();

  private List<ProgramStatus> programs = new ArrayList<>();

  /** 1 at the first write, then 1 more with every write. */
  public long getUpdateCount() {
    return updateCount;
  }

  public void setUpdateCount(long updateCount) {
    this.updateCount = updateCount;
  }

  /** Generation of the application that the rest of the status is about. */
  public @Nullable Long getObservedGeneration() {
    return observedGeneration;
  }

  public void setObservedGeneration(@Nullable Long observedGeneration) {
    this.observedGeneration = observedGeneration;
  }

  public @Nullable String getNode() {
    return node;
  }

  public void setNode(@Nullable String node) {
    this.node = node;
  }

  /** One of {@link AppLoadStates}. */
  public @Nullable String getAppLoadStatus() {
    return appLoadStatus;
  }

  public void setAppLoadStatus(@Nullable String appLoadStatus) {
    this.appLoadStatus = appLoadStatus;
  }

  /** Exactly one. */
  public List<Condition> getConditions() {
    return conditions;
  }

  /** Null counts as empty. */
  public void setConditions(@Nullable List<Condition> conditions) {
    this.conditions = conditions == null ? new ArrayList<>() : conditions;
  }

  /** In manifest order. */
  public List<ProgramStatus> getPrograms() {
    return programs;
  }

  /** Null counts as empty. */
  public void setPrograms(@Nullable List<ProgramStatus> programs) {
    this.programs = programs == null ? new ArrayList<>() : programs;
  }
}
