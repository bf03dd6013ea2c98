package io.bpfman.cli.program;

import io.bpfman.cli.link.LinkView;
import io.bpfman.cli.output.Fields;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.v1.KernelProgramInfo;
import io.bpfman.proto.v1.ProgramInfo;
import io.bpfman.proto.x.v1.Link;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows one program; what the socket does not tell is null or empty in JSON. */
final class ProgramView {
  /** Followed by the program's name; tells return probes from entry probes. */
  static final String ACTUAL_TYPE = "bpfman.io/actual-type:";

  private final ProgramInfo info;
  private final KernelProgramInfo kernel;
  private final List<LinkView> links;
  private final boolean managed;

  /** A program of the daemon. */
  ProgramView(ProgramInfo info, KernelProgramInfo kernel, List<Link> links) {
    this(info, kernel, links.stream().map(LinkView::new).toList(), true);
  }

  private ProgramView(
      ProgramInfo info, KernelProgramInfo kernel, List<LinkView> links, boolean managed) {
    this.info = info;
    this.kernel = kernel;
    this.links = links;
    this.managed = managed;
  }

  /** A program that somebody else loaded. */
  static ProgramView foreign(KernelProgramInfo kernel) {
    return new ProgramView(ProgramInfo.getDefaultInstance(), kernel, List.of(), false);
  }

  boolean managed() {
    return managed;
  }

  String id() {
    return Integer.toUnsignedString(kernel.getId());
  }

  String application() {
    return info.getMetadataOrDefault(MetadataKeys.APPLICATION, "");
  }

  String name() {
    return managed ? info.getName() : kernel.getName();
  }

  /** Spelling of the command line; the kernel's word where both are possible and nothing tells. */
  String type() {
    String known = info.getMetadataOrDefault(ACTUAL_TYPE + info.getName(), "");
    return known.isEmpty()
        ? KernelTypes.commandLineName(
            kernel.getProgramType(), links.stream().map(LinkView::kind).toList())
        : known;
  }

  List<String> linkIds() {
    return info.getLinksList().stream().map(Integer::toUnsignedString).toList();
  }

  Map<String, String> metadata() {
    return new TreeMap<>(info.getMetadataMap());
  }

  /** Record and status. */
  Map<String, @Nullable Object> json() {
    return new Fields().put("record", record()).put("status", status()).map();
  }

  /** One entry of a list. */
  Map<String, @Nullable Object> entry() {
    return new Fields()
        .put("program_id", Integer.toUnsignedLong(kernel.getId()))
        .put("managed", managed)
        .put("application", application())
        .put("type", type())
        .put("function_name", name())
        .put("links", unsigned(info.getLinksList()))
        .put("record", managed ? record() : null)
        .put("kernel", kernel())
        .map();
  }

  /** The detail view. */
  String text() {
    return new ProgramText(info, kernel, links).text(id(), type());
  }

  private Map<String, @Nullable Object> record() {
    return new Fields()
        .put("program_id", Integer.toUnsignedLong(kernel.getId()))
        .put("load", load())
        .put("license", "")
        .put("gpl_compatible", kernel.getGplCompatible())
        .put("handles", handles())
        .put("meta", meta())
        .put("created_at", kernel.getLoadedAt())
        .put("updated_at", kernel.getLoadedAt())
        .map();
  }

  private Map<String, @Nullable Object> load() {
    boolean image = info.getBytecode().hasImage();
    Map<String, String> globals = new TreeMap<>();
    info.getGlobalDataMap()
        .forEach(
            (name, value) ->
                globals.put(
                    name, java.util.Base64.getEncoder().encodeToString(value.toByteArray())));
    return new Fields()
        .put("object_path", info.getBytecode().getFile())
        .put("source_path", info.getBytecode().getFile())
        .put("program_name", info.getName())
        .put("program_type", type())
        .put("global_data", globals)
        .put("image_source", image ? imageSource() : null)
        .put("attach_func", "")
        .put("map_owner_id", mapOwner())
        .map();
  }

  private Map<String, @Nullable Object> imageSource() {
    return new Fields()
        .put("url", info.getBytecode().getImage().getUrl())
        .put("digest", "")
        .put("pull_policy", info.getBytecode().getImage().getImagePullPolicy())
        .map();
  }

  private Map<String, @Nullable Object> handles() {
    return new Fields()
        .put("pin_path", pinPath())
        .put("map_pin_path", info.getMapPinPath())
        .put("map_owner_id", mapOwner())
        .map();
  }

  private Map<String, @Nullable Object> meta() {
    return new Fields()
        .put("name", info.getName())
        .put("owner", "")
        .put("description", "")
        .put("metadata", metadata())
        .map();
  }

  private Map<String, @Nullable Object> status() {
    return new Fields()
        .put("kernel", kernel())
        .put("stats", null)
        .put("prog_pin", pinPath())
        .put("map_dir", info.getMapPinPath())
        .put("bytecode", info.getBytecode().getFile())
        .put("links", links.stream().map(LinkView::json).toList())
        .put("maps", unsigned(kernel.getMapIdsList()).stream().map(ProgramView::map).toList())
        .put("map_used_by", List.copyOf(info.getMapUsedByList()))
        .map();
  }

  private Map<String, @Nullable Object> kernel() {
    return new Fields()
        .put("id", Integer.toUnsignedLong(kernel.getId()))
        .put("name", kernel.getName())
        .put("program_type", KernelTypes.kernelName(kernel.getProgramType()))
        .put("loaded_at", kernel.getLoadedAt())
        .put("tag", kernel.getTag())
        .put("gpl_compatible", kernel.getGplCompatible())
        .put("map_ids", unsigned(kernel.getMapIdsList()))
        .put("btf_id", Integer.toUnsignedLong(kernel.getBtfId()))
        .put("bytes_xlated", Integer.toUnsignedLong(kernel.getBytesXlated()))
        .put("jited", kernel.getJited())
        .put("bytes_jited", Integer.toUnsignedLong(kernel.getBytesJited()))
        .put("bytes_memlock", Integer.toUnsignedLong(kernel.getBytesMemlock()))
        .put("verified_insns", Integer.toUnsignedLong(kernel.getVerifiedInsns()))
        .map();
  }

  /** The map pins lie at {@code fs/maps/<id>}, the program at {@code fs/prog_<id>}. */
  private String pinPath() {
    Path maps = Path.of(info.getMapPinPath());
    return maps.getNameCount() < 3 || maps.getParent() == null
        ? ""
        : maps.getParent().resolveSibling("prog_" + id()).toString();
  }

  private @Nullable Long mapOwner() {
    return info.hasMapOwnerId() ? Integer.toUnsignedLong(info.getMapOwnerId()) : null;
  }

  private static Map<String, @Nullable Object> map(Long id) {
    return new Fields().put("id", id).map();
  }

  private static List<Long> unsigned(List<Integer> ids) {
    return ids.stream().map(Integer::toUnsignedLong).toList();
  }
}
