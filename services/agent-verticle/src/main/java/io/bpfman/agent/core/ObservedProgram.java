package io.bpfman.agent.core;

import java.util.List;

/**
 * A program that the loader has.
 *
 * @param digest text of its {@link LoadDigest}; empty when it has none
 * @param part digest of its type and load target; empty when it has none
 * @param links ordered by id
 */
public record ObservedProgram(
    long id, String name, String digest, String part, List<ObservedLink> links) {
  public ObservedProgram {
    links = List.copyOf(links);
  }
}
