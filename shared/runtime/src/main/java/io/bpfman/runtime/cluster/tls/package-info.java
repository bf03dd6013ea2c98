/**
 * Mutual TLS in front of everything that a member of the cluster listens on and connects to:
 * Hazelcast's own port, by handlers in its pipelines, and the event bus. Depends on internals of
 * Hazelcast and Vert.x, whose versions are pinned; HostilePeersTest fails when they move.
 */
@NullMarked
package io.bpfman.runtime.cluster.tls;

import org.jspecify.annotations.NullMarked;
