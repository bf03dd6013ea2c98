/**
 * Proof that a desired state comes from the operator, and digests that tell whether two sides hold
 * the same.
 */
@NullMarked
package io.bpfman.contract.sign;

import org.jspecify.annotations.NullMarked;
