/** What the agent needs of the machine it runs on. */
@NullMarked
package io.bpfman.agent.port;

import org.jspecify.annotations.NullMarked;
