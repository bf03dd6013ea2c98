package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.HookId;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A link that has no id yet. */
record NewLink(
    ProgramId program,
    AttachSpec spec,
    Map<String, String> metadata,
    Instant createdAt,
    @Nullable HookId hook) {

  LinkRecord begun(LinkId id) {
    return new LinkRecord(
            id, program, spec, metadata, 0, LinkRecord.Stage.ATTACHING, createdAt, null)
        .idle(hook);
  }
}
