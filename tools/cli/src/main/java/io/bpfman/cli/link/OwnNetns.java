package io.bpfman.cli.link;

import io.bpfman.cli.LoaderSession;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.FailureCode;
import io.bpfman.proto.x.v1.DescribeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The network namespace of this command, in which the user reads names of interfaces. A daemon in
 * another one has others of the same names.
 */
final class OwnNetns {
  private static final Path OWN = Path.of("/proc/self/ns/net");

  /** Where ip-netns(8) keeps names. */
  private static final Path NAMES = Path.of("/run/netns");

  private OwnNetns() {}

  /** INVALID_REQUEST when the daemon would look an interface up in another one than this. */
  static void requireSame(LoaderSession session, String interfaceName) {
    long daemons = daemons(session);
    OptionalLong own = inode(OWN);
    if (daemons != 0 && own.isPresent() && own.getAsLong() != daemons) {
      throw FailureCode.INVALID_REQUEST.because(
          "interface \"%s\" would be looked up in the daemon's network namespace, and this command runs in another"
              .formatted(interfaceName),
          "give --netns " + name(own.getAsLong()));
    }
  }

  /** 0 when the server does not tell, as bpfman's own. */
  private static long daemons(LoaderSession session) {
    try {
      return session
          .call(loader -> loader.describe(DescribeRequest.getDefaultInstance()))
          .getNetns();
    } catch (BpfmanException e) {
      if (e.code() == FailureCode.UNIMPLEMENTED) {
        return 0;
      }
      throw e;
    }
  }

  private static String name(long own) {
    try (Stream<Path> names = Files.list(NAMES)) {
      return names
          .filter(path -> inode(path).equals(OptionalLong.of(own)))
          .findFirst()
          .map(path -> path + " for this one")
          .orElse("with the path of the one that is meant");
    } catch (IOException none) {
      return "with the path of the one that is meant";
    }
  }

  /** Empty when it cannot be told. */
  private static OptionalLong inode(Path path) {
    try {
      return OptionalLong.of((Long) Files.getAttribute(path, "unix:ino"));
    } catch (IOException unreadable) {
      return OptionalLong.empty();
    }
  }
}
