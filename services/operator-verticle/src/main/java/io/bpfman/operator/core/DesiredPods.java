package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.bus.v1.PodChoice;
import io.bpfman.proto.bus.v1.Program;
import java.util.List;
import java.util.Optional;

/** Fills in which pods of one node the links of an application select. */
final class DesiredPods {
  private DesiredPods() {}

  /** Whether the nodes differ in what they must run. */
  static boolean has(ManagedApplication application) {
    return !PodSelectors.of(List.of(application)).isEmpty();
  }

  static Application fill(
      ManagedApplication application, Application wanted, String node, PodChoices pods) {
    Application.Builder filled = wanted.toBuilder();
    List<ApplicationProgram> programs = application.resource().getSpec().getPrograms();
    for (int i = 0; i < programs.size(); i++) {
      List<Optional<PodSelector>> links = PodSelectors.ofLinks(programs.get(i), application.key());
      Program.Builder program = filled.getProgramsBuilder(i);
      for (int j = 0; j < links.size(); j++) {
        Optional<PodChoice> choice = links.get(j).flatMap(selector -> pods.on(node, selector));
        if (choice.isPresent()) {
          set(program.getLinksBuilder(j), choice.get());
        }
      }
    }
    return filled.build();
  }

  private static void set(LinkSpec.Builder link, PodChoice choice) {
    if (link.hasNetwork()) {
      link.getNetworkBuilder().setPods(choice);
    } else {
      link.getUprobeBuilder().setPods(choice);
    }
  }
}
