/** Configuration from flags and environment, declared once for reading, help and documentation. */
@NullMarked
package io.bpfman.runtime.config;

import org.jspecify.annotations.NullMarked;
