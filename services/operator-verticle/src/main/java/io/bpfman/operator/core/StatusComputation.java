package io.bpfman.operator.core;

import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.ApplicationSpec;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.api.v1alpha1.ClusterBpfApplicationState;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Status of all applications on all nodes, without update counts and times. Pure; use an instance
 * once.
 */
final class StatusComputation {
  private final Collection<NodeView> nodes;
  private final Instant now;
  private final List<ClusterBpfApplication> applications = new ArrayList<>();
  private final List<ClusterBpfApplicationState> states = new ArrayList<>();

  private StatusComputation(Collection<NodeView> nodes, Instant now) {
    this.nodes = nodes;
    this.now = now;
  }

  static StatusComputation of(Fleet fleet, Instant now) {
    StatusComputation computation = new StatusComputation(fleet.nodes(), now);
    fleet.applications().forEach(computation::wanted);
    computation.leftOver(fleet.applications()).forEach(computation::removed);
    return computation;
  }

  List<ClusterBpfApplication> applications() {
    return applications;
  }

  List<ClusterBpfApplicationState> states() {
    return states;
  }

  private void wanted(ClusterBpfApplication application) {
    Summary summary = new Summary();
    Long generation = application.getMetadata().getGeneration();
    for (NodeView node : nodes) {
      boolean selected =
          NodeSelectors.matches(
              application.getSpec().getNodeSelector(), node.last().getLabelsMap());
      Optional<ApplicationReport> report = node.application(ApplicationKeys.of(application));
      if (selected || report.isPresent() && node.reporting()) {
        Verdict verdict =
            Verdicts.of(node, report.orElse(null), generation == null ? 0 : generation, selected);
        summary.add(node, verdict, selected);
        states.add(NodeStates.of(application, node, verdict));
      }
    }
    add(application, summary.type(nodes.size()), summary.message(nodes.size()));
  }

  /** Applications that are gone from the source and still on a node that reports. */
  private Set<String> leftOver(List<ClusterBpfApplication> wanted) {
    Set<String> keys =
        nodes.stream()
            .filter(NodeView::reporting)
            .flatMap(node -> node.applications().stream())
            .map(ApplicationReport::getKey)
            .filter(ApplicationKeys::isApplication)
            .collect(Collectors.toCollection(TreeSet::new));
    wanted.forEach(application -> keys.remove(ApplicationKeys.of(application)));
    return keys;
  }

  private void removed(String key) {
    ClusterBpfApplication application = new ClusterBpfApplication();
    application.setMetadata(
        new ObjectMetaBuilder()
            .withName(ApplicationKeys.name(key))
            .withDeletionTimestamp(now.truncatedTo(ChronoUnit.SECONDS).toString())
            .withFinalizers(ApiNames.OPERATOR_FINALIZER)
            .build());
    application.setSpec(new ApplicationSpec());
    Summary summary = new Summary();
    for (NodeView node : nodes) {
      Optional<ApplicationReport> report = node.application(key);
      if (report.isPresent() && node.reporting()) {
        Verdict verdict = Verdicts.of(node, report.get(), 0, false);
        summary.add(node, verdict, false);
        states.add(NodeStates.of(application, node, verdict));
      }
    }
    add(application, ApplicationConditions.DELETE_ERROR, summary.removalMessage());
  }

  private void add(ClusterBpfApplication application, String type, String message) {
    ApplicationStatus status = new ApplicationStatus();
    status.setConditions(List.of(NodeStates.condition(type, message, application)));
    ClusterBpfApplication withStatus = new ClusterBpfApplication();
    withStatus.setMetadata(application.getMetadata());
    withStatus.setSpec(application.getSpec());
    withStatus.setStatus(status);
    applications.add(withStatus);
  }
}
