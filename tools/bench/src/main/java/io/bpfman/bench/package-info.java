/** Measures the loader beside a C program with libbpf, and the bus between two processes. */
@NullMarked
package io.bpfman.bench;

import org.jspecify.annotations.NullMarked;
