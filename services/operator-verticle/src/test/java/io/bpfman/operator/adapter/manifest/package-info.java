/** Tests of the manifest directory. */
@NullMarked
package io.bpfman.operator.adapter.manifest;

import org.jspecify.annotations.NullMarked;
