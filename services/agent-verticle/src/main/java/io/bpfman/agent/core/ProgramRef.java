package io.bpfman.agent.core;

/**
 * A program of a plan.
 *
 * @param id 0: the one that the plan loads
 */
public record ProgramRef(String name, long id) {
  boolean isNew() {
    return id == 0;
  }
}
