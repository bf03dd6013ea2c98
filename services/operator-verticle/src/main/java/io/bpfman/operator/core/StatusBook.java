package io.bpfman.operator.core;

import io.bpfman.api.manifest.ManifestProblem;
import io.bpfman.api.manifest.ManifestWriter;
import io.bpfman.api.v1alpha1.ApiNames;
import io.bpfman.api.v1alpha1.ApplicationConditions;
import io.bpfman.api.v1alpha1.ApplicationStateStatus;
import io.bpfman.api.v1alpha1.ApplicationStatus;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.model.ApplicationKey;
import io.bpfman.operator.port.ReportedApplication;
import io.bpfman.operator.port.StatusSnapshot;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out status, and carries update counts and times of change from one to the next. What says
 * the same stays the same instance. For one thread.
 */
public final class StatusBook {
  private final BoundedInterner<Verdict> verdicts = new BoundedInterner<>();

  private final Map<ApplicationKey, StateCells> cells = new HashMap<>();
  private Map<ApplicationKey, ReportedApplication> applications = new HashMap<>();

  /** From which the applications' status was worked out; none for what an earlier process wrote. */
  private Map<ApplicationKey, Summary.Facts> facts = new HashMap<>();

  /** Until then the first full reports may still be under way. */
  private @Nullable Instant patience;

  /**
   * @param written what an earlier process wrote
   */
  public StatusBook(StatusSnapshot written) {
    written.applications().forEach(one -> applications.put(one.application().key(), one));
    for (NodeState state : written.states()) {
      cellsOf(state.application()).put(state.node(), StateCell.written(state));
    }
  }

  private StateCells cellsOf(ApplicationKey application) {
    return cells.computeIfAbsent(application, _ -> new StateCells());
  }

  /** Status as of {@code now}. */
  public StatusSnapshot update(Fleet fleet, List<ManifestProblem> problems, Instant now) {
    Instant until = patience == null ? now.plus(fleet.silence()) : patience;
    patience = until;
    Update update = new Update(fleet, now, now.isBefore(until));
    fleet.applications().forEach(update::add);
    update.leftOver().forEach(update::add);
    cells.keySet().retainAll(update.nextApplications.keySet());
    applications = update.nextApplications;
    facts = update.nextFacts;
    Map<ApplicationKey, List<NodeState>> states = new LinkedHashMap<>();
    applications.keySet().forEach(key -> states.put(key, cellsOf(key).states()));
    return new StatusSnapshot(List.copyOf(applications.values()), states, problems);
  }

  /** One pass over all applications and nodes. */
  private final class Update {
    private final Map<ApplicationKey, ReportedApplication> nextApplications = new LinkedHashMap<>();
    private final Map<ApplicationKey, Summary.Facts> nextFacts = new HashMap<>();
    private final Fleet fleet;
    private final String time;
    private final boolean early;

    private Update(Fleet fleet, Instant now, boolean early) {
      this.fleet = fleet;
      this.time = now.truncatedTo(ChronoUnit.SECONDS).toString();
      this.early = early;
    }

    void add(ManagedApplication application) {
      Summary summary = new Summary(fleet.nodes().size());
      StateCells known = cellsOf(application.key());
      Set<String> dropped = new HashSet<>();
      for (NodeView node : fleet.nodes()) {
        boolean selected = selects(application, node);
        StateCell last = known.of(node.node());
        if (selected || mustGo(application, node, last)) {
          StateCell cell = cell(application, node, selected, last);
          known.put(node.node(), cell);
          summary.add(
              node,
              cell.verdict(),
              selected || node.presence() == Presence.AWAITED && !application.deleting());
        } else if (last != null) {
          dropped.add(node.node());
        }
      }
      known.retain(node -> fleet.knows(node) && !dropped.contains(node));
      nextApplications.put(application.key(), reported(application, summary.facts()));
    }

    private boolean selects(ManagedApplication application, NodeView node) {
      return application.usable()
          && !application.deleting()
          && NodeSelectors.matches(
              application.resource().getSpec().getNodeSelector(), node.labels());
    }

    private boolean mustGo(
        ManagedApplication application, NodeView node, @Nullable StateCell known) {
      return switch (node.presence()) {
        case REPORTING ->
            node.report(application.key()) != null || application.deleting() && node.wantsFull();
        case AWAITED -> known != null;
        case SILENT -> false;
      };
    }

    private StateCell cell(
        ManagedApplication application,
        NodeView node,
        boolean selected,
        @Nullable StateCell before) {
      if (before != null && before.stands(application, node, selected)) {
        return before;
      }
      if (before != null && before.basis() == null && saysNothingYet(node)) {
        return before.isAbout(application.usableGeneration())
            ? before
            : before.judged(verdict(StateCell.Basis.of(application, node, selected), node));
      }
      StateCell.Basis basis = StateCell.Basis.of(application, node, selected);
      Verdict verdict = verdict(basis, node);
      NodeState state =
          before == null
              ? derived(basis, node, verdict, time)
              : carry(
                  derived(basis, node, verdict, before.state().since(verdict.type()).orElse(time)),
                  before.state());
      return new StateCell(basis, verdict, state);
    }

    /**
     * A heartbeat names no application; the full report that it is answered with a wish for follows
     * at once, or never.
     */
    private boolean saysNothingYet(NodeView node) {
      return switch (node.presence()) {
        case AWAITED -> true;
        case REPORTING -> early && !node.full() && !node.last().hasLoaderFailure();
        case SILENT -> false;
      };
    }

    private Verdict verdict(StateCell.Basis basis, NodeView node) {
      CompactReport report = basis.report();
      return verdicts.share(
          Verdicts.of(
              node, report == null ? null : report.read(), basis.application(), basis.selected()));
    }

    private NodeState.Derived derived(
        StateCell.Basis basis, NodeView node, Verdict verdict, String since) {
      ManagedApplication application = basis.application();
      return new NodeState.Derived(
          application,
          node.node(),
          NodeStates.hostname(node),
          application.key().stateName(node.node()),
          verdict,
          basis.report(),
          1,
          since);
    }

    /** Whole objects are compared only where nothing else tells: it takes a tenth of a ms. */
    private NodeState carry(NodeState.Derived state, NodeState before) {
      if (before instanceof NodeState.Derived old && state.differs(old)) {
        return state.counted(before.updateCount() + 1);
      }
      NodeState.Derived same = state.counted(before.updateCount());
      return yaml(status(before)).equals(yaml(status(same)))
          ? before
          : state.counted(before.updateCount() + 1);
    }

    private ReportedApplication reported(ManagedApplication application, Summary.Facts summary) {
      nextFacts.put(application.key(), summary);
      ReportedApplication before = applications.get(application.key());
      if (before != null
          && before.application() == application
          && summary.equals(facts.get(application.key()))) {
        return before;
      }
      ApplicationStatus status = new ApplicationStatus();
      status.setObservedGeneration(application.generation());
      status.setConditions(List.of(condition(application, summary)));
      status.setNodes(summary.counts());
      status.setFailures(summary.failures());
      boolean released = application.deleting() && summary.settled();
      if (before == null) {
        stamp(status.getConditions(), List.of());
        return new ReportedApplication(application, status, released);
      }
      stamp(status.getConditions(), before.status().getConditions());
      ApplicationStatus same =
          yaml(before.status()).equals(yaml(status)) ? before.status() : status;
      return new ReportedApplication(application, same, released);
    }

    private Condition condition(ManagedApplication application, Summary.Facts summary) {
      long generation = application.generation();
      if (application.deleting()) {
        return NodeStates.condition(
            ApplicationConditions.DELETE_ERROR,
            ApplicationConditions.DELETE_ERROR,
            summary.removalMessage(),
            generation);
      } else if (application.refusal().isEmpty()) {
        String type = type(application, summary);
        return NodeStates.condition(
            type, summary.reason(type), application.explain(summary.message()), generation);
      }
      String message =
          application.usable()
              ? "generation %d is not used: %s; generation %d stays: %s"
                  .formatted(
                      generation,
                      application.refusal(),
                      application.usableGeneration(),
                      application.explain(summary.message()))
              : application.refusal();
      return NodeStates.condition(
          ApplicationConditions.ERROR, ApplicationConditions.ERROR, message, generation);
    }

    /** What runs all the same is not a success: it could not begin on another node. */
    private static String type(ManagedApplication application, Summary.Facts summary) {
      boolean pending = summary.type().equals(ApplicationConditions.PENDING);
      return application.obstacle().isEmpty() || pending
          ? summary.type()
          : ApplicationConditions.ERROR;
    }

    /** Applications that are gone from the source and still on a node that reports. */
    private List<ManagedApplication> leftOver() {
      Map<ApplicationKey, ManagedApplication> gone = new TreeMap<>();
      for (NodeView node : fleet.nodes()) {
        if (node.reporting()) {
          for (ApplicationKey key : node.applications()) {
            if (!nextApplications.containsKey(key)) {
              gone.computeIfAbsent(key, this::removed);
            }
          }
        }
      }
      return new ArrayList<>(gone.values());
    }

    private ManagedApplication removed(ApplicationKey key) {
      ReportedApplication before = applications.get(key);
      if (before != null && before.application().deleting()) {
        return before.application();
      }
      ClusterBpfApplication resource = new ClusterBpfApplication();
      resource.setMetadata(
          new ObjectMetaBuilder()
              .withName(key.name())
              .withNamespace(key.isNamespaced() ? key.namespace() : null)
              .withDeletionTimestamp(time)
              .withFinalizers(ApiNames.OPERATOR_FINALIZER)
              .build());
      return new ManagedApplication(key, resource, 0, "");
    }

    /** The time of change stays while the type does. */
    private void stamp(List<Condition> conditions, List<Condition> before) {
      for (Condition condition : conditions) {
        condition.setLastTransitionTime(
            before.stream()
                .filter(b -> Objects.equals(b.getType(), condition.getType()))
                .map(Condition::getLastTransitionTime)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(time));
      }
    }
  }

  private static ApplicationStateStatus status(NodeState state) {
    return Objects.requireNonNull(state.resource().getStatus());
  }

  private static String yaml(Object object) {
    return ManifestWriter.toYaml(object);
  }
}
