package io.bpfman.operator.core;

import com.google.protobuf.ByteString;
import io.bpfman.api.v1alpha1.ByteCodeImage;
import io.bpfman.api.v1alpha1.ByteCodeSelector;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.PullPolicy;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.BytecodeLocation;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** From applications to what one node must run. */
public final class DesiredStates {
  private DesiredStates() {}

  /** Those whose selector matches the node, ordered by key. */
  public static List<Application> forNode(
      Collection<ClusterBpfApplication> applications, Map<String, String> labels) {
    return applications.stream()
        .filter(a -> NodeSelectors.matches(a.getSpec().getNodeSelector(), labels))
        .map(DesiredStates::application)
        .sorted(Comparator.comparing(Application::getKey))
        .toList();
  }

  /** {@code application} must be valid, with defaults. */
  public static Application application(ClusterBpfApplication application) {
    Long generation = application.getMetadata().getGeneration();
    Application.Builder wanted =
        Application.newBuilder()
            .setKey(ApplicationKeys.of(application))
            .setGeneration(generation == null ? 0 : generation)
            .setBytecode(bytecode(Objects.requireNonNull(application.getSpec().getByteCode())));
    application
        .getSpec()
        .getGlobalData()
        .forEach((name, value) -> wanted.putGlobalData(name, ByteString.copyFrom(value)));
    application.getSpec().getPrograms().stream()
        .map(DesiredPrograms::program)
        .forEach(wanted::addPrograms);
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
