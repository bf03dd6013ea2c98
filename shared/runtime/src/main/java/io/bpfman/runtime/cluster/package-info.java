/**
 * A service process as a member of the cluster; with the package tls the only place that knows
 * Hazelcast.
 */
@NullMarked
package io.bpfman.runtime.cluster;

import org.jspecify.annotations.NullMarked;
