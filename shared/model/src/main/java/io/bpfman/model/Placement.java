package io.bpfman.model;

/**
 * Where on a network hook a link sits. The hook is looked up by name once, when the link is
 * attached; from then on this tells where it is.
 *
 * @param slot slot of the dispatcher, from 0; {@link #DIRECT} without a dispatcher
 * @param program kernel id of what runs there: the program itself, or its copy in a dispatcher;
 *     {@link #NOTHING} while it is being attached, and after others took it off and its place
 */
public record Placement(HookId hook, int slot, long program) {
  public static final int DIRECT = -1;
  public static final long NOTHING = 0;

  /** On a hook that runs nothing of the link. */
  public static Placement idle(HookId hook) {
    return new Placement(hook, DIRECT, NOTHING);
  }

  /** Whether the link itself holds the hook. */
  public boolean isDirect() {
    return !inChain() && program != NOTHING;
  }

  public boolean inChain() {
    return slot != DIRECT;
  }
}
