package io.bpfman.nudge.core.simulate;

import java.util.Map;

/**
 * A build that was played.
 *
 * @param start seconds
 * @param end seconds
 * @param commit number of the newest source commit at its start, from 1; 0 is before the first
 * @param inputs numbers of the commits of the images that it packs, by component
 * @param mixed true when no commit has ever meant these images to be together, or one of them packs
 *     such images
 */
public record Build(
    String component,
    long start,
    long end,
    int commit,
    Map<String, Integer> inputs,
    boolean mixed) {}
