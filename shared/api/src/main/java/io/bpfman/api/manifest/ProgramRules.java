package io.bpfman.api.manifest;

import io.bpfman.api.v1alpha1.ApplicationProgram;
import io.bpfman.api.v1alpha1.ApplicationProgramType;
import io.bpfman.api.v1alpha1.Containers;
import io.bpfman.api.v1alpha1.FixedProgram;
import io.bpfman.api.v1alpha1.KprobeProgram;
import io.bpfman.api.v1alpha1.KretprobeProgram;
import io.bpfman.api.v1alpha1.TracepointProgram;
import io.bpfman.api.v1alpha1.UprobeLink;
import io.bpfman.api.v1alpha1.UprobeProgram;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules of one program. */
final class ProgramRules {
  private final Rules rules;
  private final String at;

  ProgramRules(Rules rules, String at) {
    this.rules = rules;
    this.at = at;
  }

  void check(ApplicationProgram program) {
    rules.requiredFunction(at + ".name", program.getName());
    ApplicationProgramType type = program.getType();
    if (rules.required(at + ".type", type) && type != null) {
      member(type, members(program));
    }
    NetworkRules network = new NetworkRules(rules, at);
    network.xdp(program.getXdp());
    network.tc(program.getTc());
    network.tcx(program.getTcx());
    fixed("fentry", program.getFentry());
    fixed("fexit", program.getFexit());
    kprobe(program.getKprobe());
    kretprobe(program.getKretprobe());
    uprobe("uprobe", program.getUprobe());
    uprobe("uretprobe", program.getUretprobe());
    tracepoint(program.getTracepoint());
  }

  private static Map<String, @Nullable Object> members(ApplicationProgram program) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("xdp", program.getXdp());
    members.put("tc", program.getTc());
    members.put("tcx", program.getTcx());
    members.put("fentry", program.getFentry());
    members.put("fexit", program.getFexit());
    members.put("kprobe", program.getKprobe());
    members.put("kretprobe", program.getKretprobe());
    members.put("uprobe", program.getUprobe());
    members.put("uretprobe", program.getUretprobe());
    members.put("tracepoint", program.getTracepoint());
    return members;
  }

  private void member(ApplicationProgramType type, Map<String, @Nullable Object> members) {
    String wanted = type.name().toLowerCase(Locale.ROOT);
    String typeName = type.type().resourceName();
    members.forEach(
        (name, value) -> {
          if (name.equals(wanted) && value == null) {
            rules.report(at, "type " + typeName + " needs the field " + name, FieldReason.REQUIRED);
          } else if (!name.equals(wanted) && value != null) {
            rules.report(
                at + "." + name, "does not go with type " + typeName, FieldReason.FORBIDDEN);
          }
        });
  }

  private void fixed(String name, @Nullable FixedProgram program) {
    if (program == null) {
      return;
    }
    String path = at + "." + name;
    rules.requiredFunction(path + ".function", program.getFunction());
    if (program.getLinks().size() > 1) {
      rules.report(path + ".links", "must have at most 1 entry, has " + program.getLinks().size());
    }
    for (int i = 0; i < program.getLinks().size(); i++) {
      rules.required(path + ".links[" + i + "].mode", program.getLinks().get(i).getMode());
    }
  }

  private void kprobe(@Nullable KprobeProgram program) {
    for (int i = 0; program != null && i < program.getLinks().size(); i++) {
      String path = at + ".kprobe.links[" + i + "]";
      rules.requiredFunction(path + ".function", program.getLinks().get(i).getFunction());
      rules.notNegative(path + ".offset", program.getLinks().get(i).getOffset());
    }
  }

  private void kretprobe(@Nullable KretprobeProgram program) {
    for (int i = 0; program != null && i < program.getLinks().size(); i++) {
      String path = at + ".kretprobe.links[" + i + "].function";
      rules.requiredFunction(path, program.getLinks().get(i).getFunction());
    }
  }

  private void tracepoint(@Nullable TracepointProgram program) {
    for (int i = 0; program != null && i < program.getLinks().size(); i++) {
      String path = at + ".tracepoint.links[" + i + "].name";
      String name = program.getLinks().get(i).getName();
      rules.requiredFunction(path, name);
      if (name != null && !name.matches("[^/]+/[^/]+")) {
        rules.report(path, "\"" + name + "\" is not of the form group/name");
      }
    }
  }

  private void uprobe(String name, @Nullable UprobeProgram program) {
    for (int i = 0; program != null && i < program.getLinks().size(); i++) {
      uprobe(at + "." + name + ".links[" + i + "]", program.getLinks().get(i));
    }
  }

  private void uprobe(String path, UprobeLink link) {
    if (rules.required(path + ".target", link.getTarget()) && "".equals(link.getTarget())) {
      rules.report(path + ".target", "must not be empty");
    }
    rules.function(path + ".function", link.getFunction());
    rules.notNegative(path + ".offset", link.getOffset());
    rules.notNegative(path + ".pid", link.getPid());
    Containers containers = link.getContainers();
    rules.requiredInNamespace(path + ".containers", containers);
    if (containers != null) {
      rules.required(path + ".containers.pods", containers.getPods());
      SelectorRules.labels(rules, path + ".containers.pods", containers.getPods());
    }
  }
}
