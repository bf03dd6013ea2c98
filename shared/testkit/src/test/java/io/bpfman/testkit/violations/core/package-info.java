/** Breaks the rules on purpose. */
@NullMarked
package io.bpfman.testkit.violations.core;

import org.jspecify.annotations.NullMarked;
