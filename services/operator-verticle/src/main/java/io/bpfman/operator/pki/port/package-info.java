/** What the makers and keepers of certificates need from outside. */
@NullMarked
package io.bpfman.operator.pki.port;

import org.jspecify.annotations.NullMarked;
