package io.bpfman.model;

/**
 * Where on a network hook a link sits.
 *
 * @param slot slot of the dispatcher, from 0; {@link #DIRECT} without a dispatcher
 * @param program kernel id of what runs there: the program itself, or its copy in a dispatcher
 */
public record Placement(HookId hook, int slot, long program) {
  public static final int DIRECT = -1;

  public boolean inChain() {
    return slot != DIRECT;
  }
}
