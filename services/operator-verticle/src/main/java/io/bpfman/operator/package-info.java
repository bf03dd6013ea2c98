/** The operator: from applications to what each node must run, and from node reports to status. */
@NullMarked
package io.bpfman.operator;

import org.jspecify.annotations.NullMarked;
