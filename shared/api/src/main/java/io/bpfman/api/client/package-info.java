/**
 * For programs that use bpfman in a cluster: all kinds, typed, over fabric8's Kubernetes client.
 * The program brings {@code io.fabric8:kubernetes-client} and one of its HTTP clients.
 */
@NullMarked
package io.bpfman.api.client;

import org.jspecify.annotations.NullMarked;
