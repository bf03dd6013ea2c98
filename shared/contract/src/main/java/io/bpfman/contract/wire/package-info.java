/**
 * Translation between domain types and protobuf messages, with validation where a message comes
 * from outside.
 */
@NullMarked
package io.bpfman.contract.wire;

import org.jspecify.annotations.NullMarked;
