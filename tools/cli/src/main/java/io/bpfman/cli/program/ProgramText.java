package io.bpfman.cli.program;

import io.bpfman.cli.link.LinkView;
import io.bpfman.cli.output.Tree;
import io.bpfman.proto.v1.BytecodeLocation;
import io.bpfman.proto.v1.KernelProgramInfo;
import io.bpfman.proto.v1.ProgramInfo;
import io.bpfman.proto.x.v1.Program;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The detail view of a program. */
final class ProgramText {
  private final Program program;
  private final ProgramInfo info;
  private final KernelProgramInfo kernel;
  private final List<LinkView> links;

  ProgramText(Program program, List<LinkView> links) {
    this.program = program;
    this.info = program.getInfo();
    this.kernel = program.getKernelInfo();
    this.links = links;
  }

  String text(String id, String type, Map<String, String> metadata) {
    Tree body =
        new Tree()
            .section("Spec", spec(type, metadata))
            .section("Status", status())
            .section("Stats", stats());
    return new Tree().section("Program " + id, body).text();
  }

  /** Zeros, too, when nobody had counting on. */
  private Tree stats() {
    return new Tree()
        .field("Run Count", Long.toUnsignedString(program.getRunCount()))
        .field("Run Time", Long.toUnsignedString(program.getRunTimeNs()) + " ns")
        .field("Recursion Misses", Long.toUnsignedString(program.getRecursionMisses()));
  }

  private Tree spec(String type, Map<String, String> metadata) {
    Map<String, String> globals = new TreeMap<>();
    info.getGlobalDataMap()
        .forEach((name, value) -> globals.put(name, HexFormat.of().formatHex(value.toByteArray())));
    BytecodeLocation bytecode = info.getBytecode();
    return new Tree()
        .field("Name", info.getName())
        .field("Type", type)
        .field(
            bytecode.hasImage() ? "Image" : "Path",
            bytecode.hasImage() ? bytecode.getImage().getUrl() : path(bytecode))
        .field("Global", pairs(globals))
        .field("Metadata", pairs(metadata))
        .field(
            "Map Owner ID",
            info.hasMapOwnerId() ? Integer.toUnsignedString(info.getMapOwnerId()) : "None")
        .field("Map Pin Path", info.getMapPinPath());
  }

  private String path(BytecodeLocation bytecode) {
    String typed = program.getFacts().getSourcePath();
    return typed.isEmpty() ? bytecode.getFile() : typed;
  }

  private Tree status() {
    Tree status =
        new Tree()
            .field("Kernel Name", kernel.getName())
            .field("Kernel Type", KernelTypes.kernelName(kernel.getProgramType()))
            .field("Tag", kernel.getTag())
            .field("Loaded At", kernel.getLoadedAt())
            .field("GPL Compatible", Boolean.toString(kernel.getGplCompatible()))
            .field("Map IDs", ids(kernel.getMapIdsList()))
            .field("Maps Used By", none(String.join(" ", info.getMapUsedByList())))
            .field("BTF ID", Integer.toUnsignedLong(kernel.getBtfId()))
            .field("Instructions", Integer.toUnsignedLong(kernel.getVerifiedInsns()))
            .field("Size Translated", bytes(kernel.getBytesXlated()))
            .field("Size JITted", bytes(kernel.getBytesJited()))
            .field("Memory", bytes(kernel.getBytesMemlock()));
    return links.isEmpty()
        ? status.field("Links", ids(info.getLinksList()))
        : status.section("Links", links());
  }

  private Tree links() {
    Tree tree = new Tree();
    for (LinkView link : links) {
      tree.field(link.id(), "%s %s, %s".formatted(link.kind(), link.attachment(), link.health()));
    }
    return tree;
  }

  private static String pairs(Map<String, String> pairs) {
    return none(
        pairs.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + pair.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static String ids(List<Integer> ids) {
    return none(ids.stream().map(Integer::toUnsignedString).collect(Collectors.joining(" ")));
  }

  private static String none(String text) {
    return text.isEmpty() ? "None" : text;
  }

  private static String bytes(int count) {
    return Integer.toUnsignedString(count) + " bytes";
  }
}
