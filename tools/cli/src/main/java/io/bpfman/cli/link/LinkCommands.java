package io.bpfman.cli.link;

import io.bpfman.cli.Word;
import io.bpfman.model.AttachSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts the commands below {@code link} together. */
public final class LinkCommands {
  private LinkCommands() {}

  public static Word all() {
    Map<String, Word> verbs = new LinkedHashMap<>();
    verbs.put("list", Word.leaf(LinkListCommand::new));
    verbs.put("get", Word.leaf(LinkGetCommand::new));
    verbs.put("attach", attach());
    verbs.put("detach", Word.leaf(DetachCommand::new));
    verbs.put("delete", Word.leaf(LinkDeleteCommand::new));
    return Word.branch("link", "Links between programs and their attach points.", verbs);
  }

  private static Word attach() {
    Map<String, Word> types = new LinkedHashMap<>();
    types.put("xdp", Word.leaf(AttachXdpCommand::new));
    types.put("tc", Word.leaf(AttachTcCommand::new));
    types.put("tcx", Word.leaf(AttachTcxCommand::new));
    types.put("tracepoint", Word.leaf(AttachTracepointCommand::new));
    types.put("kprobe", Word.leaf(AttachKprobeCommand::new));
    types.put("uprobe", Word.leaf(AttachUprobeCommand::new));
    types.put("fentry", fixed(new AttachSpec.Fentry()));
    types.put("fexit", fixed(new AttachSpec.Fexit()));
    types.put("lsm", fixed(new AttachSpec.Lsm()));
    return Word.branch("attach", "Attaches a program.", types);
  }

  /** For types whose attach point is in the program. */
  private static Word fixed(AttachSpec spec) {
    return Word.leaf(context -> new AttachFixedCommand(context, spec));
  }
}
