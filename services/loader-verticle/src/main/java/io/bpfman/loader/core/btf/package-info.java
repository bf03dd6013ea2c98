/** The kernel's type information (BTF): read from bytes, used to show and to build values. */
@NullMarked
package io.bpfman.loader.core.btf;

import org.jspecify.annotations.NullMarked;
