package io.bpfman.loader.core;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.Placement;
import io.bpfman.model.ProgramId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of links that are attached. */
final class AttachedLinks {
  private AttachedLinks() {}

  static LinkRecord of(long id, AttachSpec spec, @Nullable Placement placement) {
    return new LinkRecord(
        new LinkId(id),
        new ProgramId(7),
        spec,
        Map.of(),
        100 + id,
        LinkRecord.Stage.ATTACHED,
        Instant.EPOCH,
        placement);
  }
}
