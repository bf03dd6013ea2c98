package io.bpfman.agent.core;

import java.util.List;

/**
 * All programs of an application that the loader has.
 *
 * @param programs ordered by id
 */
public record ObservedApplication(String key, List<ObservedProgram> programs) {
  public ObservedApplication {
    programs = List.copyOf(programs);
  }

  public static ObservedApplication none(String key) {
    return new ObservedApplication(key, List.of());
  }
}
