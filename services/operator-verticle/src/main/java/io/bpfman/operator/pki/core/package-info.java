/** Authorities, what they sign and when they are replaced; who may ask. Pure. */
@NullMarked
package io.bpfman.operator.pki.core;

import org.jspecify.annotations.NullMarked;
