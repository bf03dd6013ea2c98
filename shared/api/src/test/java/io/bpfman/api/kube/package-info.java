/** The custom resources on a real API server. */
@NullMarked
package io.bpfman.api.kube;

import org.jspecify.annotations.NullMarked;
