package io.bpfman.cli.program;

import com.google.protobuf.Timestamp;
import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Times;
import io.bpfman.model.Bytecode.PullPolicy;
import io.bpfman.proto.v1.BytecodeImage;
import io.bpfman.proto.v1.ProgramInfo;
import io.bpfman.proto.x.v1.Program;
import io.bpfman.proto.x.v1.ProgramFacts;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was recorded of a program, as bpfman writes it. */
record ProgramRecordJson(Program program) {

  Map<String, @Nullable Object> json(String type, Map<String, String> metadata) {
    return new Fields()
        .put("program_id", Integer.toUnsignedLong(program.getKernelInfo().getId()))
        .put("load", load(type))
        .put("license", facts().getLicense())
        .put("gpl_compatible", program.getKernelInfo().getGplCompatible())
        .put("handles", handles())
        .put("meta", meta(metadata))
        .put("created_at", createdAt())
        .put("updated_at", null)
        .map();
  }

  private String createdAt() {
    Timestamp created = facts().getCreatedAt();
    return facts().hasCreatedAt() ? Times.seconds(created) : program.getKernelInfo().getLoadedAt();
  }

  private Map<String, @Nullable Object> load(String type) {
    boolean image = info().getBytecode().hasImage();
    return new Fields()
        .put("object_path", objectPath(program))
        .put("source_path", image ? null : orNull(facts().getSourcePath()))
        .put("program_name", info().getName())
        .put("program_type", type)
        .put("global_data", globals())
        .put("image_source", image ? image(info().getBytecode().getImage()) : null)
        .put("attach_func", orNull(facts().getAttachFunc()))
        .put("map_owner_id", mapOwner())
        .map();
  }

  /** Where the object is: a copy of the server's, or the file that was loaded. */
  static String objectPath(Program program) {
    String copy = program.getFacts().getObjectPath();
    return copy.isEmpty() ? program.getInfo().getBytecode().getFile() : copy;
  }

  /** Other servers keep to the layout, too: maps at {@code fs/maps/ID}, programs beside it. */
  static String pinPath(Program program) {
    Path maps = Path.of(program.getInfo().getMapPinPath()).getParent();
    String id = Integer.toUnsignedString(program.getKernelInfo().getId());
    return !program.getFacts().getPinPath().isEmpty()
        ? program.getFacts().getPinPath()
        : maps == null || maps.getNameCount() < 2
            ? ""
            : maps.resolveSibling("prog_" + id).toString();
  }

  private Map<String, String> globals() {
    Map<String, String> globals = new TreeMap<>();
    info()
        .getGlobalDataMap()
        .forEach(
            (name, value) ->
                globals.put(name, Base64.getEncoder().encodeToString(value.toByteArray())));
    return globals;
  }

  private static Map<String, @Nullable Object> image(BytecodeImage image) {
    return new Fields()
        .put("url", image.getUrl())
        .put("digest", "")
        .put("pull_policy", policy(image.getImagePullPolicy()))
        .map();
  }

  private static String policy(int number) {
    return switch (PullPolicy.values()[Math.floorMod(number, PullPolicy.values().length)]) {
      case ALWAYS -> "Always";
      case IF_NOT_PRESENT -> "IfNotPresent";
      case NEVER -> "Never";
    };
  }

  private Map<String, @Nullable Object> handles() {
    return new Fields()
        .put("pin_path", pinPath(program))
        .put("map_pin_path", info().getMapPinPath())
        .put("map_owner_id", mapOwner())
        .map();
  }

  private Map<String, @Nullable Object> meta(Map<String, String> metadata) {
    return new Fields()
        .put("name", info().getName())
        .put("owner", "")
        .put("description", "")
        .put("metadata", metadata)
        .map();
  }

  private ProgramInfo info() {
    return program.getInfo();
  }

  private ProgramFacts facts() {
    return program.getFacts();
  }

  private @Nullable Long mapOwner() {
    return info().hasMapOwnerId() ? Integer.toUnsignedLong(info().getMapOwnerId()) : null;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
