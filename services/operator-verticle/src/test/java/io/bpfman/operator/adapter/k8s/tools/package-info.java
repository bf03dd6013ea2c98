@NullMarked
package io.bpfman.operator.adapter.k8s.tools;

import org.jspecify.annotations.NullMarked;
