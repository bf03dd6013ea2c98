/** Health and metrics of a process over HTTP. */
@NullMarked
package io.bpfman.runtime.health;

import org.jspecify.annotations.NullMarked;
