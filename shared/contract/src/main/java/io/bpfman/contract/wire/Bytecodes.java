package io.bpfman.contract.wire;

import io.bpfman.model.Bytecode;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.BytecodeLocation;

/** {@link Bytecode} as a wire message and back. */
public final class Bytecodes {
  private Bytecodes() {}

  /** Credentials are included; blank them before an answer. */
  public static BytecodeLocation toProto(Bytecode bytecode) {
    return switch (bytecode) {
      case Bytecode.File file -> BytecodeLocation.newBuilder().setFile(file.path()).build();
      case Bytecode.Image image -> BytecodeLocation.newBuilder().setImage(toProto(image)).build();
    };
  }

  public static BytecodeImage toProto(Bytecode.Image image) {
    BytecodeImage.Builder builder =
        BytecodeImage.newBuilder()
            .setUrl(image.url())
            .setImagePullPolicy(image.pullPolicy().ordinal());
    if (image.username() != null) {
      builder.setUsername(image.username());
    }
    if (image.password() != null) {
      builder.setPassword(image.password());
    }
    return builder.build();
  }

  /**
   * @throws io.bpfman.model.BpfmanException INVALID_REQUEST when no location is set, a path or
   *     reference is empty, or the pull policy is unknown
   */
  public static Bytecode fromProto(BytecodeLocation location) {
    return switch (location.getLocationCase()) {
      case FILE -> file(location.getFile());
      case IMAGE -> fromProto(location.getImage());
      case LOCATION_NOT_SET ->
          throw FailureCode.INVALID_REQUEST.because(
              "bytecode has no location", "set either file or image");
    };
  }

  /** As {@link #fromProto(BytecodeLocation)}; empty user name and password count as absent. */
  public static Bytecode.Image fromProto(BytecodeImage image) {
    if (image.getUrl().isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "bytecode image has an empty url", "give a reference such as quay.io/example/prog:v1");
    }
    return new Bytecode.Image(
        image.getUrl(),
        pullPolicy(image),
        image.getUsername().isEmpty() ? null : image.getUsername(),
        image.getPassword().isEmpty() ? null : image.getPassword());
  }

  private static Bytecode file(String path) {
    if (path.isEmpty()) {
      throw FailureCode.INVALID_REQUEST.because(
          "bytecode file has an empty path", "give the absolute path of an ELF object");
    }
    return new Bytecode.File(path);
  }

  private static Bytecode.PullPolicy pullPolicy(BytecodeImage image) {
    int number = image.getImagePullPolicy();
    Bytecode.PullPolicy[] policies = Bytecode.PullPolicy.values();
    if (number < 0 || number >= policies.length) {
      throw FailureCode.INVALID_REQUEST.because(
          "pull policy %d of image \"%s\" is unknown".formatted(number, image.getUrl()),
          "use 0 (Always), 1 (IfNotPresent) or 2 (Never)");
    }
    return policies[number];
  }
}
