package io.bpfman.operator.core;

import com.google.protobuf.ByteString;
import io.bpfman.model.ApplicationKey;
import io.bpfman.model.Bytes;
import io.bpfman.proto.bus.v1.DesiredState;
import io.bpfman.proto.bus.v1.NodeReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The nodes, what each must hold and what each holds. Without a roster the nodes are those that
 * report. For one thread.
 */
public final class Fleet {
  /** Heartbeats that a node may miss before it counts as silent. */
  public static final int MISSED = 3;

  /** Nodes without a roster: their names are whatever somebody sends. */
  static final int MOST_NODES = 5_000;

  private final Duration silence;
  private final long epoch;
  private final SortedMap<String, NodeView> nodes = new TreeMap<>();
  private final Map<String, NodeRevision> revisions = new HashMap<>();

  private List<ManagedApplication> applications = List.of();

  /** Of the applications, as on the bus. */
  private Map<String, ApplicationKey> keys = Map.of();

  private DesiredStates desired = DesiredStates.none();
  private PodChoices pods = PodChoices.unknown();
  private boolean known;
  private boolean roster;

  /**
   * @param epoch of the leadership, larger than that of every leader before
   */
  public Fleet(Duration heartbeat, long epoch) {
    this.silence = heartbeat.multipliedBy(MISSED);
    this.epoch = epoch;
  }

  /** Until the first call nothing is wanted of any node, rather than an empty state. */
  public void setApplications(List<ManagedApplication> newApplications) {
    applications = List.copyOf(newApplications);
    keys =
        applications.stream()
            .map(ManagedApplication::key)
            .collect(Collectors.toMap(ApplicationKey::text, Function.identity()));
    desired = desired.next(applications);
    known = true;
  }

  /** What the applications' selectors select as of now. */
  public void setPods(PodChoices newPods) {
    pods = newPods;
  }

  public List<ManagedApplication> applications() {
    return applications;
  }

  /** From now on exactly these are the nodes, with these labels, whatever reports say. */
  public void setRoster(Map<String, Map<String, String>> labels, Instant now) {
    roster = true;
    nodes.keySet().retainAll(labels.keySet());
    revisions.keySet().retainAll(labels.keySet());
    labels.forEach(
        (node, its) ->
            nodes.merge(
                node,
                NodeView.awaited(node, its, now),
                (before, fresh) -> before.labels().equals(its) ? before : before.withLabels(its)));
  }

  /** Nodes that an earlier process knew; those that stay silent are forgotten without a roster. */
  public void await(Collection<String> names, Instant now) {
    names.forEach(
        node -> nodes.computeIfAbsent(node, name -> NodeView.awaited(name, Map.of(), now)));
  }

  boolean knows(String node) {
    return nodes.containsKey(node);
  }

  /** Ordered by name. */
  public Collection<NodeView> nodes() {
    return nodes.values();
  }

  /**
   * Takes in a report; one that another of the same agent process has overtaken changes nothing,
   * nor does one of a node that is not on the roster; without a roster, one of a node too many.
   */
  public ReportOutcome report(NodeReport report, Instant now) {
    NodeView before = nodes.get(report.getNode());
    if (before == null && (roster || nodes.size() >= MOST_NODES)) {
      return ReportOutcome.stranger();
    } else if (before != null && before.outdates(report)) {
      return new ReportOutcome(false, before.wantsFull(), false, false);
    }
    NodeView known = before == null ? NodeView.awaited(report.getNode(), Map.of(), now) : before;
    NodeView labelled = roster ? known : known.withLabels(report.getLabelsMap());
    NodeView after = labelled.with(report, now, this::key);
    nodes.put(report.getNode(), after);
    boolean joined = !known.reporting();
    boolean changed = joined || differs(known, report);
    return new ReportOutcome(joined, after.wantsFull(), changed, false);
  }

  private Optional<ApplicationKey> key(String text) {
    ApplicationKey known = keys.get(text);
    return known == null ? ApplicationKey.parse(text) : Optional.of(known);
  }

  private boolean differs(NodeView before, NodeReport report) {
    NodeReport last = before.last();
    return report.getFull()
        || last.getDesiredRevision() != report.getDesiredRevision()
        || !last.getDesiredDigest().equals(report.getDesiredDigest())
        || !roster && !last.getLabelsMap().equals(report.getLabelsMap())
        || !last.getLoaderFailure().equals(report.getLoaderFailure());
  }

  /** After this long without a report a node is silent. */
  Duration silence() {
    return silence;
  }

  /** Names of the nodes that have become silent since the last call. */
  public List<String> expire(Instant now) {
    List<String> gone = new ArrayList<>();
    nodes.replaceAll(
        (name, node) -> {
          if (node.presence() == Presence.SILENT || node.since().plus(silence).isAfter(now)) {
            return node;
          }
          gone.add(name);
          return node.silent();
        });
    if (!roster) {
      nodes.values().removeIf(node -> !node.full() && node.presence() == Presence.SILENT);
    }
    return gone;
  }

  /**
   * The state to send to a node; empty when it holds that already, is silent, or the applications
   * are not known yet.
   */
  public Optional<DesiredState> toSend(String name) {
    NodeView node = nodes.get(name);
    if (node == null || !node.reporting() || !known) {
      return Optional.empty();
    }
    Wanted wanted = desired.forNode(node, pods);
    Bytes digest = wanted.digest();
    NodeRevision revision = revisions.getOrDefault(name, NodeRevision.none()).advance(digest);
    revisions.put(name, revision);
    if (node.last().getDesiredRevision() == revision.revision()
        && node.desiredDigest().equals(digest)
        && node.last().getDesiredEpoch() == epoch) {
      return Optional.empty();
    }
    return Optional.of(
        DesiredState.newBuilder()
            .setNode(name)
            .setEpoch(epoch)
            .setRevision(revision.revision())
            .setDigest(ByteString.copyFrom(digest.toArray()))
            .addAllApplications(wanted.applications())
            .build());
  }

  /** A node has answered that it holds {@code sent}; its next report may say otherwise. */
  public void acknowledged(DesiredState sent, long revision) {
    if (revision != sent.getRevision()) {
      return;
    }
    nodes.computeIfPresent(
        sent.getNode(),
        (_, node) ->
            node.holding(
                node.last().toBuilder()
                    .setDesiredEpoch(sent.getEpoch())
                    .setDesiredRevision(revision)
                    .setDesiredDigest(sent.getDigest())
                    .build()));
  }
}
