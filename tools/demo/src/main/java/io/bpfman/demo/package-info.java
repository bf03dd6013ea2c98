/**
 * The demonstration behind {@code make run}: every service on this host, the samples, and a live
 * table.
 */
@NullMarked
package io.bpfman.demo;

import org.jspecify.annotations.NullMarked;
