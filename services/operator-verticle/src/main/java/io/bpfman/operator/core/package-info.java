/** Decisions of the operator, without input and output. */
@NullMarked
package io.bpfman.operator.core;

import org.jspecify.annotations.NullMarked;
