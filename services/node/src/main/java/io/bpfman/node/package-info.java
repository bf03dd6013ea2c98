/**
 * The unprivileged process of a node: deploys agent, loader bridge and the uplink, and waits for
 * nobody.
 */
@NullMarked
package io.bpfman.node;

import org.jspecify.annotations.NullMarked;
