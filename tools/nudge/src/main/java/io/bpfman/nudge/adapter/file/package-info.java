/** The file system. */
@NullMarked
package io.bpfman.nudge.adapter.file;

import org.jspecify.annotations.NullMarked;
