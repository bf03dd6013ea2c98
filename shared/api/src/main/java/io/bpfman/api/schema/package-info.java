/**
 * What the beans say about their schema beyond fabric8's annotations: the differences between the
 * cluster-wide and the namespaced kinds, which share their beans, and what OpenAPI knows and those
 * annotations do not. Read by the generator of k8s/crd and by strict reading.
 */
@NullMarked
package io.bpfman.api.schema;

import org.jspecify.annotations.NullMarked;
