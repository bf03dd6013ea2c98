/** The uplink of a node that is a member of the operators' cluster. */
@NullMarked
package io.bpfman.node.adapter.member;

import org.jspecify.annotations.NullMarked;
