/**
 * Custom resources as files: strict reading, validation, writing, and the layout of a manifest
 * directory.
 */
@NullMarked
package io.bpfman.api.manifest;

import org.jspecify.annotations.NullMarked;
