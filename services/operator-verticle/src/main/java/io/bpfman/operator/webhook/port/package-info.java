/** What the webhook's certificates need from outside. */
@NullMarked
package io.bpfman.operator.webhook.port;

import org.jspecify.annotations.NullMarked;
