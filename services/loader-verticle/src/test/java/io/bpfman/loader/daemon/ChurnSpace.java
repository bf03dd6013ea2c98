package io.bpfman.loader.daemon;

import io.bpfman.testkit.Commands;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A network namespace that lives as long as a process in it, whatever becomes of its name. */
final class ChurnSpace implements AutoCloseable {
  private final String name;
  private final Process inhabitant;
  private boolean named = true;
  private int peers;

  private ChurnSpace(String name, Process inhabitant) {
    this.name = name;
    this.inhabitant = inhabitant;
  }

  static ChurnSpace create(String name) throws IOException {
    Commands.run("ip", "netns", "add", name);
    ChurnSpace space =
        new ChurnSpace(
            name, new ProcessBuilder("ip", "netns", "exec", name, "sleep", "3600").start());
    Awaitility.await("a process lives in the namespace")
        .until(() -> inode(space.inside()) == inode(space.path()));
    return space;
  }

  private static long inode(Path namespace) throws IOException {
    return (Long) Files.getAttribute(namespace, "unix:ino");
  }

  private Path inside() {
    return Path.of("/proc", Long.toString(inhabitant.pid()), "ns/net");
  }

  Path path() {
    return Path.of("/run/netns", name);
  }

  boolean isNamed() {
    return named;
  }

  void loseName() {
    Commands.run("ip", "netns", "del", name);
    named = false;
  }

  String exec(String... command) {
    return Commands.run(
        Stream.concat(Stream.of("nsenter", "--net=" + inside()), Arrays.stream(command))
            .toArray(String[]::new));
  }

  /** With another end in the same namespace. */
  void addInterface(String device) {
    exec("ip", "link", "add", device, "type", "veth", "peer", "name", "p" + peers++);
    exec("ip", "link", "set", device, "up");
  }

  void rename(String device, String now) {
    exec("ip", "link", "set", device, "down");
    exec("ip", "link", "set", device, "name", now);
    exec("ip", "link", "set", now, "up");
  }

  /** Names by index, without those that tests put nothing on. */
  Map<Integer, String> interfaces() {
    Map<Integer, String> names = new TreeMap<>();
    for (Object row : new JsonArray(exec("ip", "-j", "link", "show"))) {
      JsonObject device = (JsonObject) row;
      if (device.getString("ifname").startsWith("c")) {
        names.put(device.getInteger("ifindex"), device.getString("ifname"));
      }
    }
    return names;
  }

  /** Ids of XDP programs by interface index. */
  Map<Integer, Integer> xdp() {
    Map<Integer, Integer> found = new TreeMap<>();
    for (Object row : new JsonArray(exec("ip", "-j", "-d", "link", "show"))) {
      JsonObject device = (JsonObject) row;
      JsonObject xdp = device.getJsonObject("xdp");
      if (xdp != null) {
        found.put(device.getInteger("ifindex"), xdp.getJsonObject("prog").getInteger("id"));
      }
    }
    return found;
  }

  /** Ids of the programs of all filters at the ingress of interfaces, by interface index. */
  Map<Integer, List<Integer>> filters() {
    Map<Integer, List<Integer>> found = new TreeMap<>();
    interfaces()
        .forEach(
            (index, device) -> {
              List<Integer> programs = filters(device);
              if (!programs.isEmpty()) {
                found.put(index, programs);
              }
            });
    return found;
  }

  private List<Integer> filters(String device) {
    List<Integer> programs = new ArrayList<>();
    for (Object row : new JsonArray(exec("tc", "-j", "filter", "show", "dev", device, "ingress"))) {
      JsonObject options = ((JsonObject) row).getJsonObject("options");
      if (options != null && options.containsKey("prog")) {
        programs.add(options.getJsonObject("prog").getInteger("id"));
      }
    }
    return programs;
  }

  @Override
  public void close() throws InterruptedException {
    inhabitant.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    if (named) {
      Commands.tryRun("ip", "netns", "del", name);
    }
  }
}
