package io.bpfman.agent.core;

import io.bpfman.model.AttachSpec;

/** A wanted link with its identity. */
public record DesiredLink(String uuid, AttachSpec spec) {}
