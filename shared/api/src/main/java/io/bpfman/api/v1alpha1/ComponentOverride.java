package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One object that the operator would manage, and does not. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"apiVersion", "kind", "namespace", "name", "unmanaged"})
public class ComponentOverride {
  @Required private @Nullable String apiVersion;

  @Required private @Nullable String kind;

  @Required
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private @Nullable String namespace;

  @Required private @Nullable String name;

  @Required private @Nullable Boolean unmanaged;

  /** With group; the version does not count. */
  public @Nullable String getApiVersion() {
    return apiVersion;
  }

  public void setApiVersion(@Nullable String apiVersion) {
    this.apiVersion = apiVersion;
  }

  public @Nullable String getKind() {
    return kind;
  }

  public void setKind(@Nullable String kind) {
    this.kind = kind;
  }

  /** Empty for an object without namespace. */
  public @Nullable String getNamespace() {
    return namespace;
  }

  public void setNamespace(@Nullable String namespace) {
    this.namespace = namespace;
  }

  public @Nullable String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name;
  }

  /** True leaves the object to its user. */
  public @Nullable Boolean getUnmanaged() {
    return unmanaged;
  }

  public void setUnmanaged(@Nullable Boolean unmanaged) {
    this.unmanaged = unmanaged;
  }
}
