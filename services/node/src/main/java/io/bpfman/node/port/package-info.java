/** What connects a node to its operators, whichever way it is done. */
@NullMarked
package io.bpfman.node.port;

import org.jspecify.annotations.NullMarked;
