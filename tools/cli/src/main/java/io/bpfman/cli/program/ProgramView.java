package io.bpfman.cli.program;

import io.bpfman.cli.link.LinkView;
import io.bpfman.cli.output.Fields;
import io.bpfman.model.MetadataKeys;
import io.bpfman.model.ProgramType;
import io.bpfman.proto.v1.KernelProgramInfo;
import io.bpfman.proto.v1.ProgramInfo;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.Program;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows one program; what the server does not tell is null or empty in JSON. */
final class ProgramView {
  private final Program program;
  private final ProgramInfo info;
  private final KernelProgramInfo kernel;
  private final List<LinkView> links;

  ProgramView(Program program, List<Link> links) {
    this.program = program;
    this.info = program.getInfo();
    this.kernel = program.getKernelInfo();
    this.links = links.stream().map(LinkView::new).toList();
  }

  /** False for programs that somebody else loaded. */
  boolean managed() {
    return program.hasInfo();
  }

  String id() {
    return Integer.toUnsignedString(kernel.getId());
  }

  String application() {
    return info.getMetadataOrDefault(MetadataKeys.APPLICATION, "");
  }

  String name() {
    return managed() ? info.getName() : kernel.getName();
  }

  /** As requested, in the spelling of the command line; the kernel's word when nobody knows. */
  String type() {
    String known = program.getFacts().getType();
    String meant = info.getMetadataOrDefault(MetadataKeys.ACTUAL_TYPE + info.getName(), known);
    return meant.isEmpty() ? KernelTypes.commandLineName(kernel.getProgramType()) : meant;
  }

  /** By the kernel's coarser types when somebody else loaded it: nobody knows what it is for. */
  boolean isOneOf(Collection<ProgramType> types) {
    return types.stream()
        .anyMatch(
            type ->
                managed()
                    ? type.cliName().equals(type())
                    : type.kernelNumber() == kernel.getProgramType());
  }

  List<String> linkIds() {
    return info.getLinksList().stream().map(Integer::toUnsignedString).toList();
  }

  /** What its user gave, without what only tells servers how to load it. */
  Map<String, String> metadata() {
    Map<String, String> own = new TreeMap<>(info.getMetadataMap());
    own.keySet().removeIf(key -> key.startsWith(MetadataKeys.ACTUAL_TYPE));
    own.remove(MetadataKeys.SOURCE_PATH);
    return own;
  }

  /** Record and status as they are right after the load, when nothing of it has been looked up. */
  Map<String, @Nullable Object> loaded() {
    return json(new ProgramStatusJson(program, links).fresh());
  }

  /** Record and status. */
  Map<String, @Nullable Object> json() {
    return json(new ProgramStatusJson(program, links).observed());
  }

  private Map<String, @Nullable Object> json(Map<String, @Nullable Object> status) {
    return new Fields().put("record", record()).put("status", status).map();
  }

  private Map<String, @Nullable Object> record() {
    return new ProgramRecordJson(program).json(type(), metadata());
  }

  /** One entry of a list. */
  Map<String, @Nullable Object> entry() {
    return new Fields()
        .put("program_id", Integer.toUnsignedLong(kernel.getId()))
        .put("managed", managed())
        .put("application", application())
        .put("type", type())
        .put("function_name", name())
        .put("links", info.getLinksList().stream().map(Integer::toUnsignedLong).toList())
        .put("record", managed() ? record() : null)
        .put("kernel", new KernelProgramJson(program).json())
        .map();
  }

  /** The detail view. */
  String text() {
    return new ProgramText(program, links).text(id(), type(), metadata());
  }
}
