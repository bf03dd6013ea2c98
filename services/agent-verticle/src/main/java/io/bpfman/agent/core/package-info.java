/** Decisions of the agent, pure: expansion, identity, plan and report. */
@NullMarked
package io.bpfman.agent.core;

import org.jspecify.annotations.NullMarked;
