/** Keys, authorities and tokens in the Kubernetes API. */
@NullMarked
package io.bpfman.operator.adapter.k8s.pki;

import org.jspecify.annotations.NullMarked;
