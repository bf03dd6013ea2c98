package io.bpfman.nudge.core.generate;

import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.olm.Operand;
import io.bpfman.nudge.core.yaml.YamlValue;
import java.util.List;
import java.util.Map;

/**
 * What a bundle is made of.
 *
 * @param base the ClusterServiceVersion as far as it is written by hand
 * @param objects everything that an installation without OLM applies
 * @param examples objects of the owned kinds
 * @param images pinned references, by what they are for
 * @param createdAt RFC 3339; empty keeps the base's
 */
public record BundleSource(
    YamlValue base,
    List<YamlValue> objects,
    List<YamlValue> examples,
    Map<Operand, ImageReference> images,
    String createdAt) {}
