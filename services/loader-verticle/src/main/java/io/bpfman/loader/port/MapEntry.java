package io.bpfman.loader.port;

import io.bpfman.model.Bytes;
import java.util.List;

/**
 * An entry of a map.
 *
 * @param key empty in queues and stacks
 * @param values one, or one for each possible CPU in a per-CPU map
 */
public record MapEntry(Bytes key, List<Bytes> values) {}
