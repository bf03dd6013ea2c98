/** Makes k8s/crd from the beans, and compares it with the definitions of bpfman's main branch. */
@NullMarked
package io.bpfman.api.crd;

import org.jspecify.annotations.NullMarked;
