/** Requests and answers as the stream between a node and its operator carries them. */
@NullMarked
package io.bpfman.contract.edge;

import org.jspecify.annotations.NullMarked;
