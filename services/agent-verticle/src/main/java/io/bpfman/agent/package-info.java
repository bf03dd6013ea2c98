/** The agent: makes one node's loader hold what the operator asked for, and says what it holds. */
@NullMarked
package io.bpfman.agent;

import org.jspecify.annotations.NullMarked;
