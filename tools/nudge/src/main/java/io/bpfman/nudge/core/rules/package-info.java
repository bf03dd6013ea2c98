/** Rules for bundles, catalogs and nudge files, each alone and all together. */
@NullMarked
package io.bpfman.nudge.core.rules;

import org.jspecify.annotations.NullMarked;
