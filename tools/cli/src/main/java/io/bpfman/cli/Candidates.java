package io.bpfman.cli;

import java.util.Iterator;
import java.util.List;

/** Words that a shell may offer for an option; a class for each list, as picocli asks for. */
public abstract class Candidates implements Iterable<String> {
  private final List<String> words;

  protected Candidates(List<String> words) {
    this.words = List.copyOf(words);
  }

  @Override
  public final Iterator<String> iterator() {
    return words.iterator();
  }
}
