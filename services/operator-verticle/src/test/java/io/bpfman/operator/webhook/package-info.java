@NullMarked
package io.bpfman.operator.webhook;

import org.jspecify.annotations.NullMarked;
