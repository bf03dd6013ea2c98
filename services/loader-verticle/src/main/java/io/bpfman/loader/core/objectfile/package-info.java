/**
 * What libbpf takes for granted about a BPF object, checked before libbpf sees it, and other words
 * where libbpf would refuse those of the object. Layouts: linux/elf.h, linux/btf.h, bpf/btf.h of
 * libbpf 1.1.2.
 */
@NullMarked
package io.bpfman.loader.core.objectfile;

import org.jspecify.annotations.NullMarked;
