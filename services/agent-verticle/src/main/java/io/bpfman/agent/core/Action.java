package io.bpfman.agent.core;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.ProgramId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan. It is left out when any of the steps that it requires failed or was left out.
 */
public sealed interface Action {
  /** Stable over repeated plans for the same thing. */
  String id();

  /** Ids of earlier actions of the same plan. */
  Set<String> requires();

  /** What it does, in words. */
  String describe();

  /**
   * Loads programs together, all or none.
   *
   * @param mapOwner program whose maps they use; null: own maps
   */
  record LoadGroup(
      DesiredApplication application, List<DesiredProgram> programs, @Nullable ProgramId mapOwner)
      implements Action {
    /** There is at most one in a plan. */
    public static final String ID = "load";

    @Override
    public String id() {
      return ID;
    }

    @Override
    public Set<String> requires() {
      return Set.of();
    }

    @Override
    public String describe() {
      String names = programs.stream().map(DesiredProgram::name).collect(Collectors.joining(", "));
      return "load %s%s".formatted(names, mapOwner == null ? "" : " with maps of " + mapOwner);
    }
  }

  /**
   * Puts programs in the place of others, all or none: links and maps of those that have the same
   * name live on, the others go.
   *
   * @param load the new programs
   * @param old of different names
   */
  record Replace(LoadGroup load, List<ObservedProgram> old) implements Action {
    /** There is at most one in a plan, and no load beside it. */
    public static final String ID = "replace";

    public Replace {
      old = List.copyOf(old);
    }

    @Override
    public String id() {
      return ID;
    }

    @Override
    public Set<String> requires() {
      return Set.of();
    }

    @Override
    public String describe() {
      String programs =
          old.stream()
              .map(program -> "%s (program %d)".formatted(program.name(), program.id()))
              .collect(Collectors.joining(", "));
      return "replace %s: %s".formatted(programs, load.describe());
    }
  }

  record Attach(ProgramRef program, DesiredLink link, Set<String> requires) implements Action {
    public static String id(String uuid) {
      return "attach " + uuid;
    }

    public AttachSpec spec() {
      return link.spec();
    }

    @Override
    public String id() {
      return id(link.uuid());
    }

    @Override
    public String describe() {
      return "attach %s to %s".formatted(program.name(), spec().attachPoint());
    }
  }

  /**
   * @param why in words
   */
  record Detach(String program, ObservedLink link, String why, Set<String> requires)
      implements Action {
    public static String id(long link) {
      return "detach " + link;
    }

    @Override
    public String id() {
      return id(link.id());
    }

    @Override
    public String describe() {
      return "detach %s from %s (link %d): %s".formatted(program, link.point(), link.id(), why);
    }
  }

  /**
   * Links of the program go with it.
   *
   * @param why in words
   */
  record Unload(ObservedProgram program, String why, Set<String> requires) implements Action {
    public static String id(long program) {
      return "unload " + program;
    }

    @Override
    public String id() {
      return id(program.id());
    }

    @Override
    public String describe() {
      return "unload %s (program %d): %s".formatted(program.name(), program.id(), why);
    }
  }
}
