package io.bpfman.nudge.core.rules;

import io.bpfman.nudge.core.CrossRule;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.graph.Plan;
import io.bpfman.nudge.core.graph.RebuildGraph;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.nudge.Component;
import io.bpfman.nudge.core.olm.Bundle;
import io.bpfman.nudge.core.olm.Csv;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.pac.PipelineRun;
import io.bpfman.nudge.core.pac.Trigger;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules between the bundle and the builds of the images that it names. */
public final class BuildRules {
  private static final String ARCH = "operatorframework.io/arch.";
  private static final Map<String, String> GO_NAMES = Map.of("x86_64", "amd64", "aarch64", "arm64");

  private final Bundle bundle;
  private final Csv csv;
  private final RebuildGraph graph;
  private final Findings findings = new Findings();

  private BuildRules(Bundle bundle, RebuildGraph graph) {
    this.bundle = bundle;
    this.csv = bundle.csv();
    this.graph = graph;
  }

  /** Every finding. */
  public static List<Finding> check(Bundle bundle, RebuildGraph graph) {
    BuildRules rules = new BuildRules(bundle, graph);
    Set<String> told = new TreeSet<>();
    for (YamlValue image : bundle.images()) {
      rules
          .component(image)
          .filter(component -> told.add(component.name()))
          .ifPresent(component -> rules.operand(image, component));
    }
    rules.onePlatform();
    return rules.findings.list();
  }

  /** Empty for what is no reference, too, of which ImageRules tells. */
  private Optional<Component> component(YamlValue image) {
    return ImageReference.find(image.text().orElse(""))
        .flatMap(
            reference ->
                graph.topology().components().stream()
                    .filter(one -> one.repositories().contains(reference.repository()))
                    .findFirst());
  }

  private void operand(YamlValue image, Component component) {
    boolean known = graph.topology().component(Operand.BUNDLE).isPresent();
    findings.expect(
        !known || Plan.of(graph, Set.of(component.name())).builds().containsKey(Operand.BUNDLE),
        CrossRule.OPERAND_WITHOUT_NUDGE,
        image.place(),
        "is an image of %s, but no build of it rebuilds %s; add a nudge and a trigger"
            .formatted(component.name(), Operand.BUNDLE));
    run(component.name()).ifPresent(run -> platforms(component, run));
  }

  private Optional<PipelineRun> run(String component) {
    return graph.topology().push(component).map(Trigger::run);
  }

  /** No label at all means amd64 to OLM. */
  private void platforms(Component component, PipelineRun run) {
    Set<String> built = new TreeSet<>();
    run.params("build-platforms").forEach(platform -> built.add(arch(platform)));
    Set<String> labels = new TreeSet<>();
    csv.root()
        .fields("metadata", "labels")
        .forEach(
            (name, value) -> {
              if (name.startsWith(ARCH) && value.text().orElse("").equals("supported")) {
                labels.add(name.substring(ARCH.length()));
              }
            });
    Set<String> promised = labels.isEmpty() ? Set.of("amd64") : labels;
    findings.expect(
        built.isEmpty() || built.equals(promised),
        CrossRule.ARCH_LABEL,
        csv.root().get("metadata", "labels").orElse(csv.root()).place(),
        "promises %s, but %s is built for %s (%s); let both say the same"
            .formatted(promised, component.name(), built, run.place()));
  }

  /** Such as linux/x86_64 or linux-mlarge/arm64. */
  private static String arch(String platform) {
    String name = platform.substring(platform.lastIndexOf('/') + 1);
    return GO_NAMES.getOrDefault(name, name);
  }

  private void onePlatform() {
    run(Operand.BUNDLE)
        .filter(run -> run.params("build-platforms").size() > 1)
        .ifPresent(
            run ->
                findings.add(
                    CrossRule.BUNDLE_MULTI_ARCH,
                    run.place(),
                    "builds %s of %s for %s; a bundle is one image, so name one platform"
                        .formatted(
                            bundle.directory(),
                            Operand.BUNDLE,
                            List.copyOf(run.params("build-platforms")))));
  }
}
