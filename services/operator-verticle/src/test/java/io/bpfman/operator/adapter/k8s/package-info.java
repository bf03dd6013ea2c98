@NullMarked
package io.bpfman.operator.adapter.k8s;

import org.jspecify.annotations.NullMarked;
