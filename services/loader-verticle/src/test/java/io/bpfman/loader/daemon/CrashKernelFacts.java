package io.bpfman.loader.daemon;

import io.bpfman.testkit.Commands;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What bpftool and tc say of the programs of crash.bpf.c; names tell them from everybody else's.
 *
 * @param programs ids
 * @param links ids of links of these programs
 * @param maps ids of their maps, variables among them
 * @param filters TC filters in the namespace
 */
record CrashKernelFacts(Set<Long> programs, Set<Long> links, Set<Long> maps, long filters) {

  private static final String NAMES = "crash_";

  static CrashKernelFacts read(Path netns, List<String> devices) {
    Set<Long> programs =
        ids(list("prog"), "id", row -> row.getString("name", "").startsWith(NAMES));
    Set<Long> links = ids(list("link"), "id", row -> programs.contains(row.getLong("prog_id")));
    return new CrashKernelFacts(
        programs,
        links,
        ids(list("map"), "id", row -> row.getString("name", "").startsWith("crash")),
        devices.stream().mapToLong(device -> filters(netns, device)).sum());
  }

  private static Stream<JsonObject> list(String kind) {
    return new JsonArray(Commands.run("bpftool", "-j", kind, "show"))
        .stream().map(JsonObject.class::cast);
  }

  private static Set<Long> ids(
      Stream<JsonObject> rows, String column, Predicate<JsonObject> wanted) {
    Set<Long> ids = new TreeSet<>();
    rows.filter(row -> row.containsKey(column))
        .filter(wanted)
        .forEach(row -> ids.add(row.getLong(column)));
    return ids;
  }

  private static long filters(Path netns, String device) {
    String name = netns.getFileName().toString();
    return Commands.run("tc", "-n", name, "filter", "show", "dev", device, "ingress")
        .lines()
        .filter(line -> line.contains(" " + NAMES))
        .count();
  }
}
