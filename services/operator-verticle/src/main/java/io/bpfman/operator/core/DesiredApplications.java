package io.bpfman.operator.core;

import com.google.protobuf.ByteString;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ByteCodeImage;
import io.bpfman.api.v1alpha1.ByteCodeSelector;
import io.bpfman.api.v1alpha1.PullPolicy;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.BytecodeLocation;
import java.util.Objects;

/** From an application to its form on the bus. */
final class DesiredApplications {
  private DesiredApplications() {}

  /** Of the spec that can be used. */
  static Application of(ManagedApplication application) {
    ApplicationSpec spec = application.resource().getSpec();
    Application.Builder wanted =
        Application.newBuilder()
            .setKey(application.key().text())
            .setGeneration(application.usableGeneration())
            .setBytecode(bytecode(Objects.requireNonNull(spec.getByteCode())));
    spec.getGlobalData()
        .forEach((name, value) -> wanted.putGlobalData(name, ByteString.copyFrom(value)));
    spec.getPrograms().stream().map(DesiredPrograms::program).forEach(wanted::addPrograms);
    return wanted.build();
  }

  private static BytecodeLocation bytecode(ByteCodeSelector selector) {
    BytecodeLocation.Builder location = BytecodeLocation.newBuilder();
    if (selector.getPath() != null) {
      return location.setFile(selector.getPath()).build();
    }
    ByteCodeImage image = Objects.requireNonNull(selector.getImage());
    PullPolicy policy =
        Objects.requireNonNullElse(image.getImagePullPolicy(), PullPolicy.IF_NOT_PRESENT);
    return location
        .setImage(
            BytecodeImage.newBuilder()
                .setUrl(Objects.requireNonNull(image.getUrl()))
                .setImagePullPolicy(policy.number()))
        .build();
  }
}
