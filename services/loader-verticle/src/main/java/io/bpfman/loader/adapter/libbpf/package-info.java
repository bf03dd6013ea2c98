/** The kernel's bpf(2) through libbpf and jnr-ffi: the only package with native code. */
@NullMarked
package io.bpfman.loader.adapter.libbpf;

import org.jspecify.annotations.NullMarked;
