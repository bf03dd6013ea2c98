/** Applications from a directory of manifests, status written beside them. */
@NullMarked
package io.bpfman.operator.adapter.manifest;

import org.jspecify.annotations.NullMarked;
