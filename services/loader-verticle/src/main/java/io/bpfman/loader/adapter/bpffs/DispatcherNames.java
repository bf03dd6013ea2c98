package io.bpfman.loader.adapter.bpffs;

import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.HookId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names below {@code xdp}, {@code tc-ingress} and {@code tc-egress}, as bpfman writes them: {@code
 * dispatcher_<netns>_<interface index>_<revision>} is a directory, {@code ..._link} a pin.
 */
final class DispatcherNames {
  private static final Pattern NAME =
      Pattern.compile("dispatcher_([0-9]{1,18})_([1-9][0-9]{0,8})_(link|[1-9][0-9]{0,8})");
  private static final String LINK = "link";

  private DispatcherNames() {}

  static String directory(HookId hook, int revision) {
    return "dispatcher_%d_%d_%d".formatted(hook.netns(), hook.interfaceIndex(), revision);
  }

  static String link(HookId hook) {
    return "dispatcher_%d_%d_%s".formatted(hook.netns(), hook.interfaceIndex(), LINK);
  }

  /** Empty for names of another form. */
  static Optional<ChainKey> key(ChainType type, String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches()
        ? Optional.of(
            new ChainKey(
                type, new HookId(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2)))))
        : Optional.empty();
  }

  /** Empty for names of another form, and for links. */
  static OptionalInt revision(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() && !parts.group(3).equals(LINK)
        ? OptionalInt.of(Integer.parseInt(parts.group(3)))
        : OptionalInt.empty();
  }
}
