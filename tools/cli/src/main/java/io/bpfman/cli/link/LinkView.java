package io.bpfman.cli.link;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Times;
import io.bpfman.cli.output.Tree;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.LinkHealth;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows one link. */
public final class LinkView {
  private final Link link;
  private final LinkDetails details;

  public LinkView(Link link) {
    this.link = link;
    this.details = new LinkDetails(link);
  }

  public String id() {
    return Integer.toUnsignedString(link.getId());
  }

  /** Spelling of the command line: {@code xdp}, {@code tcx} ... */
  public String kind() {
    return details.kind();
  }

  /** One cell of a table. */
  public String attachment() {
    return details.summary();
  }

  public String kernelLinkId() {
    return link.getKernelLinkId() == 0
        ? "<none>"
        : Integer.toUnsignedString(link.getKernelLinkId());
  }

  /** Record and status. */
  public Map<String, @Nullable Object> json() {
    return new Fields().put("record", record()).put("status", status()).map();
  }

  /** What was recorded when it was attached. */
  public Map<String, @Nullable Object> record() {
    return new Fields()
        .put("id", unsigned(link.getId()))
        .put("program_id", unsigned(link.getProgramId()))
        .put(
            "kernel_link_id", link.getKernelLinkId() == 0 ? null : unsigned(link.getKernelLinkId()))
        .put("kind", kind())
        .put("pin_path", link.getPinPath().isEmpty() ? null : link.getPinPath())
        .put("details", details.json())
        .put("created_at", link.hasCreatedAt() ? createdAt() : null)
        .put("metadata", metadata())
        .map();
  }

  /**
   * The detail view.
   *
   * @param function name of its program; empty when unknown
   */
  public String text(String function) {
    Tree spec = new Tree();
    spec.field("BPF Function", function.isEmpty() ? "None" : function);
    spec.field("Type", kind());
    spec.field("Program ID", unsigned(link.getProgramId()));
    spec.field("Kernel Link ID", kernelLinkId());
    spec.field("Pin Path", link.getPinPath().isEmpty() ? "None" : link.getPinPath());
    details.addTo(spec);
    spec.field("Metadata", metadata().isEmpty() ? "None" : metadata().toString());
    spec.field("Created At", link.hasCreatedAt() ? createdAt() : "None");
    Tree status = new Tree().field("Health", health());
    if (!link.getReason().isEmpty()) {
      status.field("Reason", link.getReason());
    }
    Tree body = new Tree().section("Spec", spec).section("Status", status);
    return new Tree().section("Link " + id(), body).text();
  }

  /** {@code attached}, or what is wrong. */
  public String health() {
    return switch (link.getHealth()) {
      case LINK_HEALTH_ATTACHED -> "attached";
      case LINK_HEALTH_PIN_MISSING -> "pin missing";
      case LINK_HEALTH_DETACHED -> "detached";
      case LINK_HEALTH_OUTDATED -> "outdated";
      case LINK_HEALTH_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  private Map<String, @Nullable Object> status() {
    boolean attached =
        link.getHealth() == LinkHealth.LINK_HEALTH_ATTACHED
            || link.getHealth() == LinkHealth.LINK_HEALTH_OUTDATED;
    boolean detached = link.getHealth() == LinkHealth.LINK_HEALTH_DETACHED;
    return new Fields()
        .put("kernel", link.hasKernel() ? new KernelLinkJson(link.getKernel()).json() : null)
        .put("kernel_seen", attached)
        .put("pin_present", (attached || detached) && !link.getPinPath().isEmpty())
        .put("health", health())
        .put("reason", link.getReason())
        .map();
  }

  private Map<String, String> metadata() {
    return new TreeMap<>(AttachInfos.metadata(link.getAttach()));
  }

  private String createdAt() {
    return Times.seconds(link.getCreatedAt());
  }

  private static long unsigned(int id) {
    return Integer.toUnsignedLong(id);
  }
}
