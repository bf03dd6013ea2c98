/**
 * Reads ELF files, BPF objects as well as the binaries that probes are put into, with positioned
 * reads of the few tables that matter.
 */
@NullMarked
package io.bpfman.loader.adapter.elf;

import org.jspecify.annotations.NullMarked;
