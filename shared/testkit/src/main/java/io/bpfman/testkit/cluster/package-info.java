/** Clusters of several JVMs on the loopback. */
@NullMarked
package io.bpfman.testkit.cluster;

import org.jspecify.annotations.NullMarked;
