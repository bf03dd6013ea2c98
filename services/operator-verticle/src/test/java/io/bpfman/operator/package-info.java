/** Tests of the operator. */
@NullMarked
package io.bpfman.operator;

import org.jspecify.annotations.NullMarked;
