/** Tests of the operator's decisions. */
@NullMarked
package io.bpfman.operator.core;

import org.jspecify.annotations.NullMarked;
