/** What every controller here needs: a queue of keys, informers and Events. */
@NullMarked
package io.bpfman.operator.adapter.k8s.tools;

import org.jspecify.annotations.NullMarked;
