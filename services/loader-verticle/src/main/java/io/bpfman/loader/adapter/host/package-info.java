/** The host as its proc file system shows it: its root directory, its processes, their files. */
@NullMarked
package io.bpfman.loader.adapter.host;

import org.jspecify.annotations.NullMarked;
