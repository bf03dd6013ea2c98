package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** An OCI image that holds one ELF object. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"url", "imagePullPolicy", "imagePullSecret"})
public class ByteCodeImage {
  @Required
  @Size(max = 525)
  @Pattern(Patterns.IMAGE)
  private @Nullable String url;

  @Default("IfNotPresent")
  private @Nullable PullPolicy imagePullPolicy;

  private @Nullable ImagePullSecret imagePullSecret;

  /** Reference, at most 525 characters. */
  public @Nullable String getUrl() {
    return url;
  }

  public void setUrl(@Nullable String url) {
    this.url = url;
  }

  /** Absent means {@link PullPolicy#IF_NOT_PRESENT}. */
  public @Nullable PullPolicy getImagePullPolicy() {
    return imagePullPolicy;
  }

  public void setImagePullPolicy(@Nullable PullPolicy imagePullPolicy) {
    this.imagePullPolicy = imagePullPolicy;
  }

  /** Absent means an anonymous pull. */
  public @Nullable ImagePullSecret getImagePullSecret() {
    return imagePullSecret;
  }

  public void setImagePullSecret(@Nullable ImagePullSecret imagePullSecret) {
    this.imagePullSecret = imagePullSecret;
  }
}
