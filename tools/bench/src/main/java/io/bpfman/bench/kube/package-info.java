/**
 * Measures the real operator with a real Kubernetes API server and simulated agents, and holds its
 * writes against their bounds.
 */
@NullMarked
package io.bpfman.bench.kube;

import org.jspecify.annotations.NullMarked;
