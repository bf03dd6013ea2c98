package io.bpfman.operator.core;

import io.bpfman.model.Bytes;
import io.bpfman.proto.bus.v1.Application;
import java.util.List;

/**
 * What a node must run.
 *
 * @param digest of the applications
 */
record Wanted(List<Application> applications, Bytes digest) {}
