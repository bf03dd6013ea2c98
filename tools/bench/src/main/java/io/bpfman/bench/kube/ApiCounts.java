package io.bpfman.bench.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the API server itself counts for our kinds. Applies of users have a verb of their own and
 * are left out.
 *
 * @param writes by kind and verb
 * @param watchEvents of our kinds to watchers over plain HTTP: the garbage collector, from half a
 *     minute after the kinds were made. Those over WebSocket, as the operator's, the server does
 *     not count; each gets as many
 */
record ApiCounts(Map<String, Long> writes, long watchEvents) {
  private static final Pattern REQUESTS =
      Pattern.compile("(?m)^apiserver_request_total\\{([^}]*)\\} ([0-9.e+]+)$");
  private static final Pattern EVENTS =
      Pattern.compile("(?m)^apiserver_watch_events_total\\{([^}]*)\\} ([0-9.e+]+)$");
  private static final Pattern RESOURCE =
      Pattern.compile("(?:^|,)resource=\"((?:cluster)?bpfapplication(?:state)?s)\"");
  private static final Pattern VERB = Pattern.compile("(?:^|,)verb=\"(POST|PUT|PATCH|DELETE)\"");
  private static final Pattern SUBRESOURCE = Pattern.compile("(?:^|,)subresource=\"([^\"]+)\"");

  ApiCounts {
    writes = Map.copyOf(writes);
  }

  /**
   * @param events that the operator has written about applications so far; those of others are many
   *     and counted with them by the server
   */
  static ApiCounts now(KubernetesClient client, long events) {
    String metrics = client.raw("/metrics");
    Map<String, Long> writes = new TreeMap<>();
    REQUESTS
        .matcher(metrics)
        .results()
        .forEach(match -> kind(match.group(1), value(match), writes));
    writes.put("events POST", events);
    long sent =
        EVENTS
            .matcher(metrics)
            .results()
            .filter(match -> match.group(1).contains("\"bpfman.io\""))
            .mapToLong(ApiCounts::value)
            .sum();
    return new ApiCounts(writes, sent);
  }

  private static void kind(String labels, long count, Map<String, Long> writes) {
    Matcher resource = RESOURCE.matcher(labels);
    Matcher verb = VERB.matcher(labels);
    if (resource.find() && verb.find()) {
      Matcher part = SUBRESOURCE.matcher(labels);
      String name = resource.group(1) + (part.find() ? "/" + part.group(1) : "");
      writes.merge(name + " " + verb.group(1), count, Long::sum);
    }
  }

  private static long value(MatchResult match) {
    return (long) Double.parseDouble(match.group(2));
  }

  ApiCounts since(ApiCounts before) {
    Map<String, Long> difference = new TreeMap<>();
    writes.forEach(
        (key, count) -> {
          long more = count - before.writes.getOrDefault(key, 0L);
          if (more != 0) {
            difference.put(key, more);
          }
        });
    return new ApiCounts(difference, watchEvents - before.watchEvents);
  }

  long total() {
    return writes.values().stream().mapToLong(Long::longValue).sum();
  }

  String describe() {
    return new TreeMap<>(writes)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
