/** X.509 certificates made with Bouncy Castle. */
@NullMarked
package io.bpfman.operator.adapter.x509;

import org.jspecify.annotations.NullMarked;
