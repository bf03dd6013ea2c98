/** How much a node may send. */
@NullMarked
package io.bpfman.operator.edge.core;

import org.jspecify.annotations.NullMarked;
