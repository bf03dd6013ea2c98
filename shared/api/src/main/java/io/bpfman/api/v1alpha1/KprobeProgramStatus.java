package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Links of a kprobe program on one node. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"links"})
public class KprobeProgramStatus {
  private List<KprobeLinkStatus> links = new ArrayList<>();

  public List<KprobeLinkStatus> getLinks() {
    return links;
  }

  /** Null counts as empty. */
  public void setLinks(@Nullable List<KprobeLinkStatus> links) {
    this.links = links == null ? new ArrayList<>() : links;
  }
}
