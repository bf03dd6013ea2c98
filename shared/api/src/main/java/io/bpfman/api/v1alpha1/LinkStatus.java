package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** What the state of every kind of link has. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"shouldAttach", "uuid", "linkId", "linkStatus", "reason", "message"})
public abstract class LinkStatus {
  @Required private boolean shouldAttach;

  @Required private @Nullable String uuid;

  @Min(0)
  @Max(4294967295L)
  private @Nullable Long linkId;

  @Required private @Nullable String linkStatus;

  private @Nullable String reason;

  private @Nullable String message;

  /** False for one that is on its way out. */
  public boolean isShouldAttach() {
    return shouldAttach;
  }

  public void setShouldAttach(boolean shouldAttach) {
    this.shouldAttach = shouldAttach;
  }

  /** Identity, kept in the link's metadata. */
  public @Nullable String getUuid() {
    return uuid;
  }

  public void setUuid(@Nullable String uuid) {
    this.uuid = uuid;
  }

  /** The daemon's link id, 0 to 4294967295; absent while there is none. */
  public @Nullable Long getLinkId() {
    return linkId;
  }

  public void setLinkId(@Nullable Long linkId) {
    this.linkId = linkId;
  }

  /** One of {@link LinkStates}. */
  public @Nullable String getLinkStatus() {
    return linkStatus;
  }

  public void setLinkStatus(@Nullable String linkStatus) {
    this.linkStatus = linkStatus;
  }

  /** Kind of failure, one word; absent while there is none. */
  public @Nullable String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = reason;
  }

  /** What failed, and the way out; absent while nothing did. */
  public @Nullable String getMessage() {
    return message;
  }

  public void setMessage(@Nullable String message) {
    this.message = message;
  }
}
