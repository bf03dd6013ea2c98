package io.bpfman.cli.link;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Tree;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.proto.v1.AttachInfo;
import io.bpfman.proto.x.v1.Link;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The attach point of a link, as JSON fields and as lines of a detail view. */
final class LinkDetails {
  private final Link link;
  private final AttachSpec spec;
  private final int position;

  /** INVALID_REQUEST for an attach point that this version does not know. */
  LinkDetails(Link link) {
    this.link = link;
    spec = AttachInfos.fromProto(link.getAttach());
    position = position(link.getAttach());
  }

  /** As the type of its program is called; other servers do not tell return probes. */
  String kind() {
    return link.getKind().isEmpty() ? spec.kind() : link.getKind();
  }

  private boolean isReturnProbe() {
    return kind().equals("kretprobe") || kind().equals("uretprobe");
  }

  /** One cell of a table. */
  String summary() {
    return spec.attachPoint();
  }

  Map<String, @Nullable Object> json() {
    return switch (spec) {
      case AttachSpec.Xdp xdp -> xdp(xdp);
      case AttachSpec.Tc tc -> tc(tc);
      case AttachSpec.Tcx tcx -> tcx(tcx);
      case AttachSpec.Tracepoint(String group, String name) ->
          new Fields().put("group", group).put("name", name).map();
      case AttachSpec.Kprobe kprobe ->
          new Fields()
              .put("fn_name", kprobe.function())
              .put("offset", kprobe.offset())
              .put("retprobe", isReturnProbe())
              .map();
      case AttachSpec.Uprobe uprobe -> uprobe(uprobe);
      case AttachSpec.Fentry _, AttachSpec.Fexit _ ->
          new Fields().put("fn_name", link.getAttachFunc()).map();
      case AttachSpec.Lsm _ -> new Fields().put("hook_name", link.getAttachFunc()).map();
    };
  }

  private Map<String, @Nullable Object> xdp(AttachSpec.Xdp xdp) {
    Fields fields = order(hook(xdp), xdp);
    fields.put("proceed_on", xdp.proceedOn().stream().map(XdpAction::code).sorted().toList());
    return dispatcher(namespace(fields, xdp)).map();
  }

  private Map<String, @Nullable Object> tc(AttachSpec.Tc tc) {
    Fields fields = order(hook(tc).put("direction", tc.direction().wireName()), tc);
    fields.put("proceed_on", tc.proceedOn().stream().map(TcAction::code).sorted().toList());
    return dispatcher(namespace(fields, tc)).map();
  }

  private Map<String, @Nullable Object> tcx(AttachSpec.Tcx tcx) {
    Fields fields = order(hook(tcx).put("direction", tcx.direction().wireName()), tcx);
    return namespace(fields, tcx).map();
  }

  private Fields hook(AttachSpec.Network network) {
    return new Fields()
        .put("interface", network.hook().interfaceName())
        .put("ifindex", Integer.toUnsignedLong(link.getIfindex()));
  }

  private Fields order(Fields fields, AttachSpec.Network network) {
    return fields.put("priority", network.priority()).put("position", position);
  }

  private Fields namespace(Fields fields, AttachSpec.Network network) {
    return fields
        .put("netns", Objects.requireNonNullElse(network.hook().netns(), ""))
        .put("nsid", link.getNsid());
  }

  /** 0 for a program that is alone on its hook: then it runs without a dispatcher. */
  private Fields dispatcher(Fields fields) {
    return fields
        .put("dispatcher_id", Integer.toUnsignedLong(link.getDispatcherId()))
        .put("revision", Integer.toUnsignedLong(link.getDispatcherRevision()));
  }

  private Map<String, @Nullable Object> uprobe(AttachSpec.Uprobe uprobe) {
    return new Fields()
        .put("target", uprobe.target())
        .put("fn_name", Objects.requireNonNullElse(uprobe.function(), ""))
        .put("offset", uprobe.offset())
        .put("pid", Objects.requireNonNullElse(uprobe.pid(), 0))
        .put("retprobe", isReturnProbe())
        .put("container_pid", Objects.requireNonNullElse(uprobe.containerPid(), 0))
        .map();
  }

  void addTo(Tree tree) {
    switch (spec) {
      case AttachSpec.Xdp xdp ->
          network(tree, xdp).field("Proceed On", String.join(", ", xdpNames(xdp)));
      case AttachSpec.Tc tc ->
          network(tree, tc)
              .field("Direction", tc.direction().wireName())
              .field("Proceed On", String.join(", ", tcNames(tc)));
      case AttachSpec.Tcx tcx -> network(tree, tcx).field("Direction", tcx.direction().wireName());
      case AttachSpec.Tracepoint tracepoint -> tree.field("Tracepoint", tracepoint.attachPoint());
      case AttachSpec.Kprobe kprobe ->
          tree.field("Target Function", kprobe.function()).field("Target Offset", kprobe.offset());
      case AttachSpec.Uprobe uprobe -> addUprobe(tree, uprobe);
      case AttachSpec.Fentry _, AttachSpec.Fexit _, AttachSpec.Lsm _ ->
          tree.field("Target Function", link.getAttachFunc());
    }
  }

  private static void addUprobe(Tree tree, AttachSpec.Uprobe uprobe) {
    tree.field("Target", uprobe.target());
    tree.field("Target Function", uprobe.function() == null ? "None" : uprobe.function());
    tree.field("Target Offset", uprobe.offset());
    if (uprobe.pid() != null) {
      tree.field("PID", uprobe.pid());
    }
    if (uprobe.containerPid() != null) {
      tree.field("Container PID", uprobe.containerPid());
    }
  }

  private Tree network(Tree tree, AttachSpec.Network network) {
    NetworkHook hook = network.hook();
    return tree.field("Interface", hook.interfaceName())
        .field("Network Namespace", hook.netns() == null ? "None" : hook.netns())
        .field("Priority", network.priority())
        .field("Position", position);
  }

  private static List<String> xdpNames(AttachSpec.Xdp xdp) {
    return xdp.proceedOn().stream()
        .sorted(Comparator.naturalOrder())
        .map(XdpAction::cliName)
        .toList();
  }

  private static List<String> tcNames(AttachSpec.Tc tc) {
    return tc.proceedOn().stream()
        .sorted(Comparator.naturalOrder())
        .map(TcAction::cliName)
        .toList();
  }

  private static int position(AttachInfo info) {
    return switch (info.getInfoCase()) {
      case XDP_ATTACH_INFO -> info.getXdpAttachInfo().getPosition();
      case TC_ATTACH_INFO -> info.getTcAttachInfo().getPosition();
      case TCX_ATTACH_INFO -> info.getTcxAttachInfo().getPosition();
      default -> 0;
    };
  }
}
