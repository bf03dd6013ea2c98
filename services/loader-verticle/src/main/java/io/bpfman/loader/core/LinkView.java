package io.bpfman.loader.core;

import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import java.nio.file.Path;

/**
 * One link: what was recorded and what is there now.
 *
 * @param position among our links on the same network hook, from 0, lower runs first; 0 for links
 *     on none, and while it is being detached
 */
public record LinkView(LinkRecord record, LinkHealth health, Path pin, int position) {}
