/**
 * What the loader's core asks of the world. Each interface has one role; adapters are named by what
 * they rest on.
 */
@NullMarked
package io.bpfman.loader.port;

import org.jspecify.annotations.NullMarked;
