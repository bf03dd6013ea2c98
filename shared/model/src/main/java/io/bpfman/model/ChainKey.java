package io.bpfman.model;

/** One hook that a chain of programs may sit on. */
public record ChainKey(ChainType type, HookId hook) implements HookPoint {
  @Override
  public String toString() {
    return "%s of interface %d in network namespace %d"
        .formatted(type.wireName(), hook.interfaceIndex(), hook.netns());
  }
}
