/** The validating admission webhook and its certificates. */
@NullMarked
package io.bpfman.operator.webhook;

import org.jspecify.annotations.NullMarked;
