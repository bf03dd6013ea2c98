/** What a Config asks for, as objects of Kubernetes, and what became of it. Pure. */
@NullMarked
package io.bpfman.operator.core.install;

import org.jspecify.annotations.NullMarked;
