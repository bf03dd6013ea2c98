package io.bpfman.operator.core;

import io.bpfman.model.ApplicationKey;
import io.bpfman.model.Bytes;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.NodeReport;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one node.
 *
 * @param labels that selectors are matched against
 * @param since when it was last heard of; when waiting for it began, if never
 * @param last latest report, of either kind; empty but for the name before the first
 * @param observed digest that belongs to {@code reports}
 * @param reports by application key, from the latest full report
 * @param full false until the first full report
 */
public record NodeView(
    Map<String, String> labels,
    Presence presence,
    Instant since,
    NodeReport last,
    Bytes observed,
    Map<ApplicationKey, CompactReport> reports,
    boolean full) {
  /** Reports of a node that may be lost before it counts as silent, with much room. */
  static final long FARTHEST_AHEAD = 10_000;

  static NodeView awaited(String node, Map<String, String> labels, Instant now) {
    return new NodeView(
        labels,
        Presence.AWAITED,
        now,
        NodeReport.newBuilder().setNode(node).build(),
        Bytes.of(),
        Map.of(),
        false);
  }

  /**
   * @param keys finds the key that is written so; the same instance for every node, or else it
   *     would be held once for each
   */
  NodeView with(NodeReport report, Instant now, Function<String, Optional<ApplicationKey>> keys) {
    if (!report.getFull()) {
      return new NodeView(labels, Presence.REPORTING, now, report, observed, reports, full);
    }
    Map<ApplicationKey, CompactReport> byKey = new HashMap<>();
    for (ApplicationReport one : report.getApplicationsList()) {
      keys.apply(one.getKey()).ifPresent(key -> byKey.put(key, kept(key, CompactReport.of(one))));
    }
    // The list would be held twice otherwise.
    NodeReport rest = report.toBuilder().clearApplications().build();
    Bytes digest = Bytes.of(report.getObservedDigest().toByteArray());
    return new NodeView(labels, Presence.REPORTING, now, rest, digest, Map.copyOf(byKey), true);
  }

  /** What says the same stays the same instance: status holds it too. */
  private CompactReport kept(ApplicationKey key, CompactReport now) {
    CompactReport before = reports.get(key);
    return before != null && before.equals(now) ? before : now;
  }

  NodeView withLabels(Map<String, String> newLabels) {
    return new NodeView(newLabels, presence, since, last, observed, reports, full);
  }

  NodeView silent() {
    return new NodeView(labels, Presence.SILENT, since, last, observed, reports, full);
  }

  /** As if the node had said that it holds what it was sent. */
  NodeView holding(NodeReport held) {
    return new NodeView(labels, presence, since, held, observed, reports, full);
  }

  /**
   * Whether a report is one that another of the same agent process has overtaken, or is so far
   * ahead that it was made up: it would make all that follow look overtaken. A node that was silent
   * is believed again.
   */
  boolean outdates(NodeReport report) {
    long ahead = report.getSequence() - last.getSequence();
    return reporting()
        && last.getInstance().equals(report.getInstance())
        && (ahead <= 0 || ahead > FARTHEST_AHEAD);
  }

  /** Whether the applications are not those that the latest report is about. */
  boolean wantsFull() {
    return !full || !observed.equals(Bytes.of(last.getObservedDigest().toByteArray()));
  }

  public String node() {
    return last.getNode();
  }

  public boolean reporting() {
    return presence == Presence.REPORTING;
  }

  /** Keys of what it reports. */
  public Set<ApplicationKey> applications() {
    return reports.keySet();
  }

  Bytes desiredDigest() {
    return Bytes.of(last.getDesiredDigest().toByteArray());
  }

  /** Null when it says nothing of the application. */
  @Nullable CompactReport report(ApplicationKey application) {
    return reports.get(application);
  }
}
