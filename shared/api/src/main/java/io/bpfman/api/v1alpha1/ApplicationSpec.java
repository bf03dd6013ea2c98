package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to load and where to attach it.
 *
 * @see io.bpfman.api.schema.ClusterOnly for what a namespaced application cannot say
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"nodeSelector", "byteCode", "globalData", "mapOwnerSelector", "programs"})
public class ApplicationSpec {
  @Required private @Nullable LabelSelector nodeSelector;

  @Required
  @Size(min = 1, max = 1)
  private @Nullable ByteCodeSelector byteCode;

  private Map<String, byte[]> globalData = new LinkedHashMap<>();

  private @Nullable LabelSelector mapOwnerSelector;

  @Required
  @Size(min = 1)
  private List<ApplicationProgram> programs = new ArrayList<>();

  /** Empty selects every node. */
  public @Nullable LabelSelector getNodeSelector() {
    return nodeSelector;
  }

  public void setNodeSelector(@Nullable LabelSelector nodeSelector) {
    this.nodeSelector = nodeSelector;
  }

  public @Nullable ByteCodeSelector getByteCode() {
    return byteCode;
  }

  public void setByteCode(@Nullable ByteCodeSelector byteCode) {
    this.byteCode = byteCode;
  }

  /**
   * Global variables, name to raw bytes; read from base64 or from arrays of integers 0 to 255,
   * written as base64.
   */
  public Map<String, byte[]> getGlobalData() {
    return globalData;
  }

  /** Null counts as empty. */
  public void setGlobalData(@Nullable Map<String, byte[]> globalData) {
    this.globalData = globalData == null ? new LinkedHashMap<>() : globalData;
  }

  /** Accepted; has no effect yet. */
  public @Nullable LabelSelector getMapOwnerSelector() {
    return mapOwnerSelector;
  }

  public void setMapOwnerSelector(@Nullable LabelSelector mapOwnerSelector) {
    this.mapOwnerSelector = mapOwnerSelector;
  }

  /** At least one, names unique. */
  public List<ApplicationProgram> getPrograms() {
    return programs;
  }

  /** Null counts as empty. */
  public void setPrograms(@Nullable List<ApplicationProgram> programs) {
    this.programs = programs == null ? new ArrayList<>() : programs;
  }
}
