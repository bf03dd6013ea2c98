package io.bpfman.agent.core;

/**
 * What programs are loaded from.
 *
 * @param source digest of bytecode location and global data
 * @param content digest of the object file; empty when the agent cannot read it
 */
public record LoadDigest(String source, String content) {
  /** Form kept in the metadata of programs. */
  public String text() {
    return source + "." + content;
  }

  /**
   * Whether programs with this text in their metadata are still the wanted ones. An unreadable
   * content, then or now, matches any: a file that went away after the load is no reason to touch a
   * running program.
   */
  public boolean matches(String text) {
    int dot = text.indexOf('.');
    if (dot < 0 || !text.substring(0, dot).equals(source)) {
      return false;
    }
    String other = text.substring(dot + 1);
    return other.isEmpty() || content.isEmpty() || other.equals(content);
  }
}
