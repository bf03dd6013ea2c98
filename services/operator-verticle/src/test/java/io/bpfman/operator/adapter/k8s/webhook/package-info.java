@NullMarked
package io.bpfman.operator.adapter.k8s.webhook;

import org.jspecify.annotations.NullMarked;
