package io.bpfman.testkit.cluster;

import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A network namespace with a real name server (tools/dns: CoreDNS, built at its first use) at
 * {@value #ADDRESS} port 53, which programs started in it ask. Needs root, iproute2 and Go. Close
 * ends the server and deletes the namespace.
 */
public final class NameServer implements AutoCloseable {
  static final String ADDRESS = "127.0.0.53";

  private static final String CONFIGURATION =
      """
      . {
        bind %s
        errors
        hosts %s {
          ttl 1
          reload 100ms
        }
      }
      """;

  private final String netns;
  private final Path directory;
  private final Map<String, List<String>> names = new TreeMap<>();
  private final Process server;

  private NameServer(String netns, Path directory) throws IOException {
    this.netns = netns;
    this.directory = directory;
    Path hosts = directory.resolve("hosts");
    Files.writeString(hosts, "");
    Files.writeString(directory.resolve("resolv.conf"), "nameserver " + ADDRESS + "\n");
    Path configuration = directory.resolve("Corefile");
    Files.writeString(configuration, CONFIGURATION.formatted(ADDRESS, hosts));
    server =
        new ProcessBuilder(
                "ip",
                "netns",
                "exec",
                netns,
                program().toString(),
                "-conf",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
  }

  /** Every name is unknown at first; the addresses are those of the namespace's loopback. */
  public static NameServer start(String netns, List<String> addresses) {
    try {
      Commands.run("ip", "netns", "add", netns);
      Commands.run("ip", "-n", netns, "link", "set", "lo", "up");
      for (String address : addresses) {
        Commands.run("ip", "-n", netns, "addr", "add", address, "dev", "lo");
      }
      return new NameServer(netns, Files.createTempDirectory("bpfman-dns"));
    } catch (IOException e) {
      Commands.tryRun("ip", "netns", "del", netns);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      Commands.tryRun("ip", "netns", "del", netns);
      throw e;
    }
  }

  /** From now on (100 ms) the name has these addresses, and no others; none: it does not exist. */
  public synchronized void set(String name, String... addresses) {
    names.put(name, List.of(addresses));
    String text =
        names.entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(ip -> ip + " " + entry.getKey() + "\n"))
            .collect(Collectors.joining());
    try {
      Path fresh = directory.resolve("hosts.new");
      Files.writeString(fresh, text);
      Files.move(fresh, directory.resolve("hosts"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to put before a command that is to run in the namespace and to ask this server. */
  public List<String> prefix() {
    return List.of(
        "ip",
        "netns",
        "exec",
        netns,
        "sh",
        "-c",
        "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"",
        directory.resolve("resolv.conf").toString());
  }

  @Override
  public void close() {
    server.destroyForcibly();
    try {
      server.waitFor(10, TimeUnit.SECONDS);
      try (var files = Files.list(directory)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Commands.tryRun("ip", "netns", "del", netns);
    }
  }

  private static Path program() {
    String script = Path.of(System.getProperty("bpfman.root"), "tools/dns/build.sh").toString();
    // The last line; what comes before it is progress.
    return Path.of(Commands.run(script).lines().toList().getLast(), "coredns");
  }
}
