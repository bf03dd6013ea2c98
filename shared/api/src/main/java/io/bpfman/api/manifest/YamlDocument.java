package io.bpfman.api.manifest;

import org.snakeyaml.engine.v2.nodes.Node;

/** One document that has a value. */
record YamlDocument(YamlChunk chunk, Node root) {}
