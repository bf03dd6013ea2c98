package io.bpfman.loader.core;

import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import java.nio.file.Path;

/** One link: what was recorded and what is there now. */
public record LinkView(LinkRecord record, LinkHealth health, Path pin) {}
