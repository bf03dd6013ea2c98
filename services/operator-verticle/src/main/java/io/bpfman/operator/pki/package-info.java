/** The operator's authority for operators and nodes, and how nodes get certificates of it. */
@NullMarked
package io.bpfman.operator.pki;

import org.jspecify.annotations.NullMarked;
