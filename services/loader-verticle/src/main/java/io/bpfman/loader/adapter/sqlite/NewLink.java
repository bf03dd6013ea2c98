package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.ProgramId;
import java.time.Instant;
import java.util.Map;

/** A link that has no id yet. */
record NewLink(
    ProgramId program, AttachSpec spec, Map<String, String> metadata, Instant createdAt) {}
