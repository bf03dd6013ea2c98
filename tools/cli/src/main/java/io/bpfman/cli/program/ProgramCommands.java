package io.bpfman.cli.program;

import io.bpfman.cli.Word;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the commands below {@code program} together. */
public final class ProgramCommands {
  private ProgramCommands() {}

  public static Word all() {
    Map<String, Word> verbs = new LinkedHashMap<>();
    verbs.put("list", Word.leaf(ProgramListCommand::new));
    verbs.put("get", Word.leaf(ProgramGetCommand::new));
    verbs.put("load", load());
    verbs.put("replace", Word.leaf(ReplaceCommand::new));
    verbs.put("unload", Word.leaf(UnloadCommand::new));
    verbs.put("delete", Word.leaf(ProgramDeleteCommand::new));
    return Word.branch("program", "Programs in the kernel.", verbs);
  }

  private static Word load() {
    Map<String, Word> sources = new LinkedHashMap<>();
    sources.put("file", Word.leaf(LoadFileCommand::new));
    sources.put("image", Word.leaf(LoadImageCommand::new));
    return Word.branch("load", "Loads programs (file when the source is left out).", sources);
  }
}
