/** Image references: grammar and pinning. */
@NullMarked
package io.bpfman.nudge.core.image;

import org.jspecify.annotations.NullMarked;
