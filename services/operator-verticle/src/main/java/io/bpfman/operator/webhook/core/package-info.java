/** What is decided about objects and certificates. Pure. */
@NullMarked
package io.bpfman.operator.webhook.core;

import org.jspecify.annotations.NullMarked;
