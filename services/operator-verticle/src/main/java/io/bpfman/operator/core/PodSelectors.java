package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.api.v1alpha1.Containers;
import io.bpfman.api.v1alpha1.NetworkNamespaces;
import io.bpfman.api.v1alpha1.UprobeProgram;
import io.bpfman.model.ApplicationKey;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the pod selectors of applications. */
public final class PodSelectors {
  private PodSelectors() {}

  /** All that the applications need answered. */
  public static Set<PodSelector> of(Collection<ManagedApplication> applications) {
    return applications.stream()
        .filter(one -> one.usable() && !one.deleting())
        .flatMap(PodSelectors::of)
        .collect(Collectors.toSet());
  }

  private static Stream<PodSelector> of(ManagedApplication application) {
    return application.resource().getSpec().getPrograms().stream()
        .flatMap(program -> ofLinks(program, application.key()).stream())
        .flatMap(Optional::stream);
  }

  /** One for each link of a type that can have them, in the order of the links; else none. */
  static List<Optional<PodSelector>> ofLinks(ApplicationProgram program, ApplicationKey key) {
    return switch (Objects.requireNonNull(program.getType())) {
      case XDP ->
          Objects.requireNonNull(program.getXdp()).getLinks().stream()
              .map(link -> network(link.getNetworkNamespaces(), key))
              .toList();
      case TC ->
          Objects.requireNonNull(program.getTc()).getLinks().stream()
              .map(link -> network(link.getNetworkNamespaces(), key))
              .toList();
      case TCX ->
          Objects.requireNonNull(program.getTcx()).getLinks().stream()
              .map(link -> network(link.getNetworkNamespaces(), key))
              .toList();
      case UPROBE -> uprobe(Objects.requireNonNull(program.getUprobe()), key);
      case URETPROBE -> uprobe(Objects.requireNonNull(program.getUretprobe()), key);
      case FENTRY, FEXIT, KPROBE, KRETPROBE, TRACEPOINT -> List.of();
    };
  }

  private static List<Optional<PodSelector>> uprobe(UprobeProgram program, ApplicationKey key) {
    return program.getLinks().stream().map(link -> containers(link.getContainers(), key)).toList();
  }

  private static Optional<PodSelector> network(
      @Nullable NetworkNamespaces namespaces, ApplicationKey key) {
    return Optional.ofNullable(namespaces)
        .map(
            chosen ->
                new PodSelector(
                    namespace(chosen.getNamespace(), key),
                    Objects.requireNonNull(chosen.getPods()),
                    List.of()));
  }

  private static Optional<PodSelector> containers(
      @Nullable Containers containers, ApplicationKey key) {
    return Optional.ofNullable(containers)
        .map(
            chosen ->
                new PodSelector(
                    namespace(chosen.getNamespace(), key),
                    Objects.requireNonNull(chosen.getPods()),
                    chosen.getContainerNames()));
  }

  /** An application of a namespace sees the pods of that one only, whatever it says. */
  private static String namespace(@Nullable String said, ApplicationKey key) {
    return key.isNamespaced() ? key.namespace() : Objects.requireNonNullElse(said, "");
  }
}
