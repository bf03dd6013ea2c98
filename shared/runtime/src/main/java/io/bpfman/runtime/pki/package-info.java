/**
 * Who is who among operators and nodes: certificates on disk, what one says of its holder, and how
 * a node gets and renews its own. Needs the JDK and Vert.x only, so that a node's process has no
 * library for making certificates.
 */
@NullMarked
package io.bpfman.runtime.pki;

import org.jspecify.annotations.NullMarked;
