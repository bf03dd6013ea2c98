package io.bpfman.cli.dispatcher;

import io.bpfman.cli.Word;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the commands below {@code dispatcher} together. */
public final class DispatcherCommands {
  private DispatcherCommands() {}

  /** Hidden, as in bpfman: users work with links; dispatchers come and go with them. */
  public static Word all() {
    Map<String, Word> verbs = new LinkedHashMap<>();
    verbs.put("list", Word.leaf(DispatcherListCommand::new));
    verbs.put("get", Word.leaf(DispatcherGetCommand::new));
    verbs.put("delete", Word.leaf(context -> new DispatcherDeleteCommand()));
    return Word.hiddenBranch(
        "dispatcher",
        "Dispatchers, which call several XDP or TC programs in turn (list when the verb is left"
            + " out).",
        verbs);
  }
}
