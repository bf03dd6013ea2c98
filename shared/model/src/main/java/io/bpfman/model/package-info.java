/**
 * The domain: ids, program and attach specifications, stored records, observed state and failures.
 * Immutable, free of I/O, JDK only.
 */
@NullMarked
package io.bpfman.model;

import org.jspecify.annotations.NullMarked;
