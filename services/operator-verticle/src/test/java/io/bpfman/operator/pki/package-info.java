@org.jspecify.annotations.NullMarked
package io.bpfman.operator.pki;
