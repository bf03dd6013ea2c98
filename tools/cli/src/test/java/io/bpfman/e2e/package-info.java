/** Operator, agent and daemon, each in its own process, on the running kernel. */
@NullMarked
package io.bpfman.e2e;

import org.jspecify.annotations.NullMarked;
