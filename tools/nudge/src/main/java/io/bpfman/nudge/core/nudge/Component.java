package io.bpfman.nudge.core.nudge;

import io.bpfman.nudge.core.Place;
import java.util.List;

/**
 * What the cluster knows of a component.
 *
 * @param repositories where its images are: the build's own first, then those of releases
 * @param nudges components that are told when this one was built
 */
public record Component(String name, Place place, List<String> repositories, List<String> nudges) {}
