package io.bpfman.loader.adapter.libbpf;

import io.bpfman.model.HookId;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.NetworkHook;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares what a hook was called when a link was put on it with what it is called now. */
final class HookNames {
  private final NetnsThread netns;
  private final Interfaces interfaces;

  HookNames(NetnsThread netns, Interfaces interfaces) {
    this.netns = netns;
    this.interfaces = interfaces;
  }

  /** Of a link that is known to be on {@code hook}: Attached or Outdated. */
  LinkHealth compare(NetworkHook asked, HookId hook) {
    Optional<Optional<String>> name =
        netns.within(
            hook.netns(), asked.netns(), () -> interfaces.name(hook.interfaceIndex(), asked));
    return name.map(now -> compare(asked, hook, now.orElse(null)))
        .orElseGet(() -> unreachable(asked));
  }

  /**
   * The same for one who knows the name.
   *
   * @param now null when the namespace has no such interface any more
   */
  LinkHealth compare(NetworkHook asked, HookId hook, @Nullable String now) {
    if (now == null) {
      return new LinkHealth.Outdated(
          "interface %s was moved to another network namespace".formatted(asked), null);
    }
    if (!now.equals(asked.interfaceName())) {
      return new LinkHealth.Outdated("interface %s is now named %s".formatted(asked, now), now);
    }
    String path = asked.netns();
    return path == null || NetnsInode.of(Path.of(path)).orElse(0) == hook.netns()
        ? new LinkHealth.Attached()
        : new LinkHealth.Outdated(renamed(path, hook.netns()), null);
  }

  private String renamed(String path, long inode) {
    return "network namespace %s is another one now; the link is in the one at %s"
        .formatted(path, netns.way(inode, null).orElse("no path"));
  }

  private static LinkHealth unreachable(NetworkHook asked) {
    return new LinkHealth.Outdated(
        "the network namespace of interface %s has no name any more and no process in it"
            .formatted(asked),
        null);
  }
}
