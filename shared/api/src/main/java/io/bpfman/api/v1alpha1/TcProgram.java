package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a TC program adds to the common fields. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"links"})
public class TcProgram {
  private List<TcLink> links = new ArrayList<>();

  /** Empty means loaded but not attached. */
  public List<TcLink> getLinks() {
    return links;
  }

  /** Null counts as empty. */
  public void setLinks(@Nullable List<TcLink> links) {
    this.links = links == null ? new ArrayList<>() : links;
  }
}
