/** Makes the cluster look as the Config says. */
@NullMarked
package io.bpfman.operator.adapter.k8s.install;

import org.jspecify.annotations.NullMarked;
