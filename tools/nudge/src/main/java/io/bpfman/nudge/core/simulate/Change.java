package io.bpfman.nudge.core.simulate;

import java.util.Set;

/**
 * A push of sources.
 *
 * @param at seconds from the start
 * @param commit name of the commit
 * @param files paths that it changes
 */
public record Change(long at, String commit, Set<String> files) {}
