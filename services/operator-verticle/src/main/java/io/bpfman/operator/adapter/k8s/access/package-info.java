/** Who may read what the operator shows. */
@NullMarked
package io.bpfman.operator.adapter.k8s.access;

import org.jspecify.annotations.NullMarked;
