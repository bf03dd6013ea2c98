package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a kretprobe program adds to the common fields. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"links"})
public class KretprobeProgram {
  private List<KretprobeLink> links = new ArrayList<>();

  /** Empty means loaded but not attached. */
  public List<KretprobeLink> getLinks() {
    return links;
  }

  /** Null counts as empty. */
  public void setLinks(@Nullable List<KretprobeLink> links) {
    this.links = links == null ? new ArrayList<>() : links;
  }
}
