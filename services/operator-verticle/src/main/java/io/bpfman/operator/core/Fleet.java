package io.bpfman.operator.core;

import com.google.protobuf.ByteString;
import io.bpfman.api.v1alpha1.ClusterBpfApplication;
import io.bpfman.contract.sign.Digests;
import io.bpfman.model.Bytes;
import io.bpfman.proto.bus.v1.Application;
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

/** The nodes, what each must hold and what each holds. For one thread. */
public final class Fleet {
  /** Heartbeats that a node may miss before it counts as silent. */
  public static final int MISSED = 3;

  private final Duration silence;
  private final SortedMap<String, NodeView> nodes = new TreeMap<>();
  private final Map<String, NodeRevision> revisions = new HashMap<>();
  private List<ClusterBpfApplication> applications = List.of();
  private boolean known;

  public Fleet(Duration heartbeat) {
    this.silence = heartbeat.multipliedBy(MISSED);
  }

  /** Until the first call nothing is wanted of any node, rather than an empty state. */
  public void setApplications(List<ClusterBpfApplication> newApplications) {
    applications = List.copyOf(newApplications);
    known = true;
  }

  public List<ClusterBpfApplication> applications() {
    return applications;
  }

  /** Ordered by name. */
  public Collection<NodeView> nodes() {
    return nodes.values();
  }

  /**
   * Takes in a report; one that another of the same agent process has overtaken changes nothing.
   */
  public ReportOutcome report(NodeReport report, Instant now) {
    NodeView before = nodes.get(report.getNode());
    if (before != null && before.outdates(report)) {
      return new ReportOutcome(false, before.wantsFull(), false);
    }
    NodeView after = before == null ? NodeView.first(report, now) : before.with(report, now);
    nodes.put(report.getNode(), after);
    boolean joined = before == null || !before.reporting();
    boolean changed = before == null || joined || differs(before, report);
    return new ReportOutcome(joined, after.wantsFull(), changed);
  }

  private static boolean differs(NodeView before, NodeReport report) {
    NodeReport last = before.last();
    return report.getFull()
        || last.getDesiredRevision() != report.getDesiredRevision()
        || !last.getDesiredDigest().equals(report.getDesiredDigest())
        || !last.getLabelsMap().equals(report.getLabelsMap())
        || !last.getLoaderFailure().equals(report.getLoaderFailure());
  }

  /** Names of the nodes that have become silent since the last call. */
  public List<String> expire(Instant now) {
    List<String> gone = new ArrayList<>();
    nodes.replaceAll(
        (name, node) -> {
          if (!node.reporting() || node.heardAt().plus(silence).isAfter(now)) {
            return node;
          }
          gone.add(name);
          return node.silent();
        });
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
    List<Application> wanted = DesiredStates.forNode(applications, node.last().getLabelsMap());
    Bytes digest = Digests.of(wanted);
    long reported = node.last().getDesiredRevision();
    NodeRevision revision =
        revisions
            .getOrDefault(name, NodeRevision.none())
            .advance(digest, reported, node.desiredDigest());
    revisions.put(name, revision);
    if (reported == revision.revision() && node.desiredDigest().equals(digest)) {
      return Optional.empty();
    }
    return Optional.of(
        DesiredState.newBuilder()
            .setNode(name)
            .setRevision(revision.revision())
            .setDigest(ByteString.copyFrom(digest.toArray()))
            .addAllApplications(wanted)
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
            new NodeView(
                node.last().toBuilder()
                    .setDesiredRevision(revision)
                    .setDesiredDigest(sent.getDigest())
                    .build(),
                node.heardAt(),
                node.reporting(),
                node.observed(),
                node.applications(),
                node.full()));
  }
}
