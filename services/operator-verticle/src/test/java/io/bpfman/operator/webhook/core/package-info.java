@NullMarked
package io.bpfman.operator.webhook.core;

import org.jspecify.annotations.NullMarked;
