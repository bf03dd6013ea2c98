/** YAML that is read with its places and changed byte by byte. */
@NullMarked
package io.bpfman.nudge.core.yaml;

import org.jspecify.annotations.NullMarked;
