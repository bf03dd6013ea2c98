package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an XDP program adds to the common fields. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"links"})
public class XdpProgram {
  private List<XdpLink> links = new ArrayList<>();

  /** Empty means loaded but not attached. */
  public List<XdpLink> getLinks() {
    return links;
  }

  /** Null counts as empty. */
  public void setLinks(@Nullable List<XdpLink> links) {
    this.links = links == null ? new ArrayList<>() : links;
  }
}
