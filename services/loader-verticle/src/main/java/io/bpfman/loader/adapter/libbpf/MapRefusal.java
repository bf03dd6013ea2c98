package io.bpfman.loader.adapter.libbpf;

import io.bpfman.loader.core.mapdef.MapDefinition;
import io.bpfman.loader.core.mapdef.MapRules;
import io.bpfman.model.Failure;
import io.bpfman.model.FailureCode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says which map the kernel refused, by which property, and the way out. */
final class MapRefusal {
  /** libbpf 1.0 to 1.6; the reason follows. */
  private static final Pattern NOT_MADE = Pattern.compile("map '(.+)': failed to create: .*");

  private MapRefusal() {}

  /** Empty when no map was refused. */
  static Optional<Failure> explain(Path object, int errno, Heard heard) {
    if (heard.tellsOfALayout()) {
      return Optional.empty();
    }
    return heard.warnings().stream()
        .map(NOT_MADE::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .flatMap(name -> heard.maps().stream().filter(map -> map.name().equals(name)))
        .findFirst()
        .map(map -> explain(object, errno, map, heard.host()));
  }

  private static Failure explain(Path object, int errno, MapDefinition map, MapRules.Host host) {
    String refused = "the kernel refuses map \"%s\" of %s: ".formatted(map.name(), object);
    Optional<MapRules.Reason> reason =
        KernelErrors.isPermission(errno) ? Optional.empty() : MapRules.broken(map, host);
    if (reason.isEmpty()) {
      return new Failure(
          FailureCode.KERNEL_REFUSED,
          "%s%s (%s)".formatted(refused, Errno.describe(errno), map.describe()),
          KernelErrors.hint(errno),
          "");
    }
    return new Failure(
        reason.get().kernelLacksIt() ? FailureCode.KERNEL_UNSUPPORTED : FailureCode.KERNEL_REFUSED,
        "%s%s; it says %s".formatted(refused, reason.get().property(), Errno.describe(errno)),
        reason.get().wayOut(),
        "");
  }
}
