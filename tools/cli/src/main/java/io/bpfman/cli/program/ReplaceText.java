package io.bpfman.cli.program;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Table;
import io.bpfman.proto.x.v1.Program;
import io.bpfman.proto.x.v1.ReplaceResponse;
import io.bpfman.proto.x.v1.ReplacedMap;
import io.bpfman.proto.x.v1.ReplacedProgram;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a replacement did, for people and for scripts. */
final class ReplaceText {
  private ReplaceText() {}

  /** Programs, then maps that both versions have. */
  static String tables(ReplaceResponse done) {
    Table programs = new Table("FUNCTION NAME", "OLD PROGRAM ID", "PROGRAM ID", "LINK IDS");
    done.getProgramsList()
        .forEach(
            program ->
                programs.row(
                    program.getName(),
                    id(program.getOldId()),
                    id(program.getNewId()),
                    links(program)));
    if (done.getMapsCount() == 0) {
      return programs.text();
    }
    Table maps = new Table("MAP NAME", "CONTENT");
    done.getMapsList().forEach(map -> maps.row(map.getName(), content(map)));
    return programs.text() + "\n" + maps.text();
  }

  private static String id(int id) {
    return id == 0 ? "" : Integer.toUnsignedString(id);
  }

  private static String links(ReplacedProgram program) {
    String moved =
        program.getLinkIdsList().stream()
            .map(Integer::toUnsignedString)
            .collect(Collectors.joining(", "));
    String lost =
        program.getLostLinkIdsList().stream()
            .map(link -> Integer.toUnsignedString(link) + " (lost)")
            .collect(Collectors.joining(", "));
    return moved.isEmpty() || lost.isEmpty() ? moved + lost : moved + ", " + lost;
  }

  private static String content(ReplacedMap map) {
    return map.getKept() ? "kept" : "begins anew: " + map.getReason();
  }

  static Object json(ReplaceResponse done, List<Program> programs) {
    List<ProgramView> loaded =
        programs.stream().map(program -> new ProgramView(program, List.of())).toList();
    return new Fields()
        .put("replaced", done.getProgramsList().stream().map(ReplaceText::json).toList())
        .put("programs", loaded.stream().map(ProgramView::json).toList())
        .put("maps", done.getMapsList().stream().map(ReplaceText::json).toList())
        .put("warnings", done.getWarningsList())
        .map();
  }

  private static Object json(ReplacedProgram program) {
    return new Fields()
        .put("name", program.getName())
        .put("old_program_id", number(program.getOldId()))
        .put("program_id", number(program.getNewId()))
        .put("link_ids", numbers(program.getLinkIdsList()))
        .put("lost_link_ids", numbers(program.getLostLinkIdsList()))
        .map();
  }

  private static @Nullable Long number(int id) {
    return id == 0 ? null : Integer.toUnsignedLong(id);
  }

  private static List<Long> numbers(List<Integer> ids) {
    return ids.stream().map(Integer::toUnsignedLong).toList();
  }

  private static Object json(ReplacedMap map) {
    return new Fields()
        .put("name", map.getName())
        .put("kept", map.getKept())
        .put("reason", map.getReason())
        .map();
  }
}
