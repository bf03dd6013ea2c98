/** A real Kubernetes API for tests. */
@NullMarked
package io.bpfman.testkit.kube;

import org.jspecify.annotations.NullMarked;
