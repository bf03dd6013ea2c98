package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.HookId;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.NetworkHook;
import java.nio.file.Path;
import java.util.Optional;

/** Compares what a hook was called when a link was put on it with what it is called now. */
final class HookNames {
  private final NetnsThread netns;
  private final Interfaces interfaces;

  HookNames(NetnsThread netns, Interfaces interfaces) {
    this.netns = netns;
    this.interfaces = interfaces;
  }

  /** Of a link that is known to be on {@code hook}: Attached or Moved. */
  LinkHealth compare(NetworkHook asked, HookId hook) {
    Optional<Optional<String>> name =
        netns.within(hook.netns(), asked.netns(), () -> interfaces.name(hook.interfaceIndex()));
    return name.map(now -> compare(asked, hook, now)).orElseGet(() -> unreachable(asked));
  }

  /**
   * The same for one who knows the name.
   *
   * @param now empty when the namespace has no such interface any more
   */
  LinkHealth compare(NetworkHook asked, HookId hook, Optional<String> now) {
    if (now.isEmpty()) {
      return new LinkHealth.Moved(
          "interface %s was moved to another network namespace".formatted(asked), null);
    }
    if (!now.get().equals(asked.interfaceName())) {
      return new LinkHealth.Moved(
          "interface %s is now named %s".formatted(asked, now.get()), now.get());
    }
    String path = asked.netns();
    return path == null || NetnsInode.of(Path.of(path)).orElse(0) == hook.netns()
        ? new LinkHealth.Attached()
        : new LinkHealth.Moved(renamed(path, hook.netns()), null);
  }

  private String renamed(String path, long inode) {
    return "network namespace %s is another one now; the link is in the one at %s"
        .formatted(path, netns.way(inode, null).orElse("no path"));
  }

  private static LinkHealth unreachable(NetworkHook asked) {
    return new LinkHealth.Moved(
        "the network namespace of interface %s has no name any more and no process in it"
            .formatted(asked),
        null);
  }
}
