package io.bpfman.loader.adapter.files;

import io.bpfman.loader.core.btf.JsonText;
import io.bpfman.model.Bytecode;
import io.bpfman.model.ProgramRecord;

/** Where a program came from, as JSON for people who look into the directory; nobody reads it. */
final class Provenance {
  /** Of the format, as bpfman counts it. */
  private static final int VERSION = 1;

  private Provenance() {}

  static String of(ProgramRecord program) {
    return """
        {
          "version": %d,
          "program_id": %s,
          "program_name": %s,
          "source": %s,
          "source_kind": "%s",
          "loaded_at": "%s"
        }
        """
        .formatted(
            VERSION,
            program.id(),
            quoted(program.spec().name()),
            quoted(program.bytecode().toString()),
            program.bytecode() instanceof Bytecode.Image ? "image" : "file",
            program.createdAt());
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder();
    JsonText.append(json, text);
    return json.toString();
  }
}
