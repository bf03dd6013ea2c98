package io.bpfman.operator.core;

import io.bpfman.model.Bytes;
import io.bpfman.proto.bus.v1.ApplicationReport;
import io.bpfman.proto.bus.v1.NodeReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one node.
 *
 * @param last latest report, of either kind
 * @param heardAt when it came
 * @param reporting false when the node has been silent for too long
 * @param observed digest that belongs to {@code applications}
 * @param applications from the latest full report
 * @param full false until the first full report
 */
public record NodeView(
    NodeReport last,
    Instant heardAt,
    boolean reporting,
    Bytes observed,
    List<ApplicationReport> applications,
    boolean full) {

  static NodeView first(NodeReport report, Instant now) {
    return new NodeView(report, now, true, Bytes.of(), List.of(), false).with(report, now);
  }

  NodeView with(NodeReport report, Instant now) {
    Bytes digest = Bytes.of(report.getObservedDigest().toByteArray());
    return report.getFull()
        ? new NodeView(report, now, true, digest, report.getApplicationsList(), true)
        : new NodeView(report, now, true, observed, applications, full);
  }

  NodeView silent() {
    return new NodeView(last, heardAt, false, observed, applications, full);
  }

  /** Whether a report is one that another of the same agent process has overtaken. */
  boolean outdates(NodeReport report) {
    return last.getInstance().equals(report.getInstance())
        && report.getSequence() <= last.getSequence();
  }

  /** Whether the applications are not those that the latest report is about. */
  boolean wantsFull() {
    return !full || !observed.equals(Bytes.of(last.getObservedDigest().toByteArray()));
  }

  public String node() {
    return last.getNode();
  }

  Bytes desiredDigest() {
    return Bytes.of(last.getDesiredDigest().toByteArray());
  }

  Optional<ApplicationReport> application(String key) {
    return applications.stream().filter(a -> a.getKey().equals(key)).findFirst();
  }
}
