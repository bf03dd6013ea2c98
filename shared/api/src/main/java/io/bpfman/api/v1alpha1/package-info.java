/**
 * Java types of the custom resources {@code bpfman.io/v1alpha1}, as beans for Jackson and the CRD
 * generator.
 */
@NullMarked
package io.bpfman.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
