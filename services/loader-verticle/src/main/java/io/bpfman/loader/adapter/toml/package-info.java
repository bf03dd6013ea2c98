/** bpfman.toml, read with tomlj. */
@NullMarked
package io.bpfman.loader.adapter.toml;

import org.jspecify.annotations.NullMarked;
