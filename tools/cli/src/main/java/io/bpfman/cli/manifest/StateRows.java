package io.bpfman.cli.manifest;

import io.bpfman.cli.output.Fields;
import io.bpfman.cli.output.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Programs and links of all nodes, from the state objects of the operator. */
final class StateRows {
  /** Label of a state object: name of its application. */
  private static final String OWNER_LABEL = "bpfman.io/ownedByProgram";

  private record Program(String application, String node, YamlTree object) {
    String type() {
      return object.text("type");
    }

    List<YamlTree> links() {
      return object.items(type().toLowerCase(Locale.ROOT), "links");
    }
  }

  private final List<Program> programs = new ArrayList<>();

  /**
   * @param only name of an application; empty for all
   */
  StateRows(Path manifests, String only) {
    for (YamlTree state : new StatusDirectory(manifests).states()) {
      String application = application(state);
      if (only.isEmpty() || only.equals(application)) {
        String node = state.text("status", "node");
        state
            .items("status", "programs")
            .forEach(program -> programs.add(new Program(application, node, program)));
      }
    }
  }

  static String application(YamlTree state) {
    return state.at("metadata", "labels").text(OWNER_LABEL);
  }

  boolean isEmpty() {
    return programs.isEmpty();
  }

  String programs() {
    Table table =
        new Table("APPLICATION", "NODE", "PROGRAM", "TYPE", "PROGRAM ID", "LINKS", "STATUS");
    for (Program program : programs) {
      table.row(
          program.application(),
          program.node(),
          program.object().text("name"),
          program.type(),
          program.object().text("programId"),
          Integer.toString(program.links().size()),
          program.object().text("programLinkStatus"));
    }
    return table.text();
  }

  String links() {
    Table table =
        new Table("APPLICATION", "NODE", "PROGRAM", "TYPE", "LINK ID", "ATTACH POINT", "STATUS");
    for (Program program : programs) {
      for (YamlTree link : program.links()) {
        table.row(
            program.application(),
            program.node(),
            program.object().text("name"),
            program.type(),
            link.text("linkId"),
            attachPoint(link),
            link.text("linkStatus"));
      }
    }
    return table.text();
  }

  Object programsJson() {
    return new Fields().put("programs", programs.stream().map(StateRows::json).toList()).map();
  }

  Object linksJson() {
    List<Object> links = new ArrayList<>();
    for (Program program : programs) {
      program.links().forEach(link -> links.add(json(program, link)));
    }
    return new Fields().put("links", links).map();
  }

  private static Object json(Program program) {
    return new Fields()
        .put("application", program.application())
        .put("node", program.node())
        .put("name", program.object().text("name"))
        .put("type", program.type())
        .put("program_id", program.object().at("programId").value())
        .put("status", program.object().text("programLinkStatus"))
        .put("links", program.links().stream().map(link -> json(program, link)).toList())
        .map();
  }

  private static Object json(Program program, YamlTree link) {
    return new Fields()
        .put("application", program.application())
        .put("node", program.node())
        .put("program", program.object().text("name"))
        .put("program_id", program.object().at("programId").value())
        .put("type", program.type())
        .put("link_id", link.at("linkId").value())
        .put("attach_point", attachPoint(link))
        .put("status", link.text("linkStatus"))
        .put("details", link.value())
        .map();
  }

  private static String attachPoint(YamlTree link) {
    String place = link.text("interfaceName");
    if (!place.isEmpty()) {
      String netns = link.text("netnsPath");
      String full = netns.isEmpty() ? place : place + " in " + netns;
      return (full + " " + link.text("direction").toLowerCase(Locale.ROOT)).strip();
    }
    String target = link.text("target");
    String function = link.text("function");
    return target.isEmpty() ? link.text("name") + function : target + ":" + function;
  }
}
