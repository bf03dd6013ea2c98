/** The commands that work on the directory of manifests instead of the socket. */
@NullMarked
package io.bpfman.cli.manifest;

import org.jspecify.annotations.NullMarked;
