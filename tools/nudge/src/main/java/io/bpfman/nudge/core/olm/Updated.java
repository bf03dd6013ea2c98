package io.bpfman.nudge.core.olm;

import java.util.List;

/**
 * An updated file.
 *
 * @param text the whole file; the same string when nothing changes
 * @param changes every value that was found, also those that were right
 */
public record Updated(String text, List<Change> changes) {}
