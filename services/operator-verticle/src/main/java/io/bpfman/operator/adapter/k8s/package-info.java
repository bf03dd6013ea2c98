/**
 * The Kubernetes API as source of applications and sink of status; the only place that calls it.
 */
@NullMarked
package io.bpfman.operator.adapter.k8s;

import org.jspecify.annotations.NullMarked;
