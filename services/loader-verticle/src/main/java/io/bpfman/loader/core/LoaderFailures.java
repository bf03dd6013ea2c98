package io.bpfman.loader.core;

import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;

/** Sentences that several operations share. Scripts look for "does not exist" in bpfman's. */
final class LoaderFailures {
  private LoaderFailures() {}

  static BpfmanException unknownProgram(ProgramId id) {
    return FailureCode.PROGRAM_NOT_FOUND.because(
        "program %s does not exist among those that bpfman loaded".formatted(id),
        "`bpfman program list` shows those that were");
  }

  static BpfmanException unknownLink(LinkId id) {
    return FailureCode.LINK_NOT_FOUND.because(
        "link %s does not exist".formatted(id), "`bpfman link list` shows those that there are");
  }

  static BpfmanException lost(ProgramRecord record) {
    return FailureCode.KERNEL_STATE_LOST.because(
        "program %s (\"%s\") is recorded but no longer in the kernel"
            .formatted(record.id(), record.spec().name()),
        "somebody removed its pin; unload it and load it again");
  }
}
