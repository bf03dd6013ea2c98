/** Names and files of pins on a BPF file system. */
@NullMarked
package io.bpfman.loader.adapter.bpffs;

import org.jspecify.annotations.NullMarked;
