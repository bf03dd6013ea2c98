/** Tests of reading, checking and writing manifests. */
@NullMarked
package io.bpfman.api.manifest;

import org.jspecify.annotations.NullMarked;
