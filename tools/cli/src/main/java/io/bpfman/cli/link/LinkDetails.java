package io.bpfman.cli.link;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Tree;
import io.bpfman.contract.wire.AttachInfos;
import io.bpfman.model.AttachSpec;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import io.bpfman.proto.v1.AttachInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The attach point of a link, as JSON fields and as lines of a detail view. */
final class LinkDetails {
  private final AttachSpec spec;
  private final int position;

  /** INVALID_REQUEST for an attach point that this version does not know. */
  LinkDetails(AttachInfo info) {
    spec = AttachInfos.fromProto(info);
    position = position(info);
  }

  String kind() {
    return spec.kind();
  }

  /** One cell of a table. */
  String summary() {
    return spec.attachPoint();
  }

  Map<String, @Nullable Object> json() {
    Fields fields = new Fields();
    switch (spec) {
      case AttachSpec.Xdp xdp -> network(fields, xdp).put("proceed_on", xdpNames(xdp));
      case AttachSpec.Tc tc ->
          network(fields, tc)
              .put("direction", tc.direction().wireName())
              .put("proceed_on", tcNames(tc));
      case AttachSpec.Tcx tcx -> network(fields, tcx).put("direction", tcx.direction().wireName());
      case AttachSpec.Tracepoint(String group, String name) ->
          fields.put("group", group).put("name", name);
      case AttachSpec.Kprobe kprobe ->
          fields.put("fn_name", kprobe.function()).put("offset", kprobe.offset());
      case AttachSpec.Uprobe uprobe ->
          fields
              .put("target", uprobe.target())
              .put("fn_name", uprobe.function())
              .put("offset", uprobe.offset())
              .put("pid", uprobe.pid())
              .put("container_pid", uprobe.containerPid());
      case AttachSpec.Fentry _, AttachSpec.Fexit _, AttachSpec.Lsm _ -> {}
    }
    return fields.map();
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
      case AttachSpec.Fentry _, AttachSpec.Fexit _, AttachSpec.Lsm _ -> {}
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

  private Fields network(Fields fields, AttachSpec.Network network) {
    NetworkHook hook = network.hook();
    return fields
        .put("interface", hook.interfaceName())
        .put("netns", hook.netns())
        .put("priority", network.priority())
        .put("position", position);
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
