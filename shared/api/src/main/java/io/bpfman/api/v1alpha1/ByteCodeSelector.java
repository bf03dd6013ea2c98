package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.fabric8.generator.annotation.Pattern;
import org.jspecify.annotations.Nullable;

/** Where the object comes from: exactly one of image and path. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"image", "path"})
public class ByteCodeSelector {
  private @Nullable ByteCodeImage image;

  @Pattern(Patterns.PATH)
  private @Nullable String path;

  /** Pulled from a registry; absent when {@code path} is given. */
  public @Nullable ByteCodeImage getImage() {
    return image;
  }

  public void setImage(@Nullable ByteCodeImage image) {
    this.image = image;
  }

  /** Absolute path in the daemon's file system; absent when {@code image} is given. */
  public @Nullable String getPath() {
    return path;
  }

  public void setPath(@Nullable String path) {
    this.path = path;
  }
}
