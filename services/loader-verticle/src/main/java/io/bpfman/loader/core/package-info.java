/**
 * Decisions of the loader: what to load, where to attach, what to repair. Talks to the world
 * through {@link io.bpfman.loader.port} only.
 */
@NullMarked
package io.bpfman.loader.core;

import org.jspecify.annotations.NullMarked;
