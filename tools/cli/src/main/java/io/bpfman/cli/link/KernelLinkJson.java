package io.bpfman.cli.link;

import io.bpfman.cli.output.Fields;
import io.bpfman.proto.x.v1.KernelLink;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the kernel says of a link, as bpfman writes it; what our links cannot have is 0. */
record KernelLinkJson(KernelLink link) {
  /** bpf_link_type of linux/bpf.h. */
  private static final List<String> TYPES =
      List.of(
          "unspec",
          "raw_tracepoint",
          "tracing",
          "cgroup",
          "iter",
          "netns",
          "xdp",
          "perf_event",
          "kprobe_multi",
          "struct_ops",
          "netfilter",
          "tcx",
          "uprobe_multi",
          "netkit");

  private static final List<String> ABSENT =
      List.of(
          "cgroup_id",
          "netns_ino",
          "netfilter_pf",
          "netfilter_hooknum",
          "netfilter_priority",
          "netfilter_flags",
          "kprobe_multi_count",
          "kprobe_multi_flags",
          "kprobe_multi_missed");

  Map<String, @Nullable Object> json() {
    Fields fields =
        new Fields()
            .put("id", Integer.toUnsignedLong(link.getId()))
            .put("program_id", Integer.toUnsignedLong(link.getProgramId()))
            .put("link_type", type())
            .put("attach_type", attachType())
            .put("ifindex", Integer.toUnsignedLong(link.getIfindex()))
            .put("target_obj_id", Integer.toUnsignedLong(link.getTargetObjId()))
            .put("target_btf_id", Integer.toUnsignedLong(link.getTargetBtfId()));
    ABSENT.forEach(name -> fields.put(name, 0));
    return fields
        .put("kprobe_address", new BigInteger(Long.toUnsignedString(link.getKprobeAddress())))
        .put("kprobe_missed", link.getKprobeMissed())
        .map();
  }

  private String type() {
    int number = link.getType();
    return number >= 0 && number < TYPES.size()
        ? TYPES.get(number)
        : "unknown(%d)".formatted(number);
  }

  /** Only these types have one; the number, as text. */
  private String attachType() {
    return type().equals("tracing") || type().equals("tcx")
        ? Integer.toUnsignedString(link.getAttachType())
        : "";
  }
}
