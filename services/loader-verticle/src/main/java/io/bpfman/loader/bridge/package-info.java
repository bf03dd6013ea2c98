/** The unprivileged side: hands calls from the event bus to the daemon's socket. */
@NullMarked
package io.bpfman.loader.bridge;

import org.jspecify.annotations.NullMarked;
