/** The Config controller on a real API server. */
@NullMarked
package io.bpfman.operator.adapter.k8s.install;

import org.jspecify.annotations.NullMarked;
