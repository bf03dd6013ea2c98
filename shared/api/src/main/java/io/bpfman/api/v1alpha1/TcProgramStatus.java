package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links of a TC program on one node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"links"})
public class TcProgramStatus {
  private List<TcLinkStatus> links = new ArrayList<>();

  public List<TcLinkStatus> getLinks() {
    return links;
  }

  /** Null counts as empty. */
  public void setLinks(@Nullable List<TcLinkStatus> links) {
    this.links = links == null ? new ArrayList<>() : links;
  }
}
