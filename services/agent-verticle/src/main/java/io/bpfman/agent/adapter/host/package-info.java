/** The agent's ports on a plain Linux host. */
@NullMarked
package io.bpfman.agent.adapter.host;

import org.jspecify.annotations.NullMarked;
