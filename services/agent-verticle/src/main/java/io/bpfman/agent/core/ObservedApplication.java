package io.bpfman.agent.core;

import java.util.List;

/**
 * All programs of an application that the loader has.
 *
 * @param programs ordered by id
 * @param replaceable whether the loader can put new programs in the place of these
 */
public record ObservedApplication(String key, List<ObservedProgram> programs, boolean replaceable) {
  public ObservedApplication {
    programs = List.copyOf(programs);
  }

  public static ObservedApplication none(String key) {
    return new ObservedApplication(key, List.of(), false);
  }
}
