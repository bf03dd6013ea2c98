package io.bpfman.loader.adapter.sqlite;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.Direction;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.TcAction;
import io.bpfman.model.XdpAction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Attach details as columns; null where the kind has no such detail.
 *
 * @param proceedOn names in the order of their codes, separated by commas
 */
record AttachColumns(
    String kind,
    @Nullable String iface,
    @Nullable String netns,
    @Nullable String direction,
    @Nullable Integer priority,
    @Nullable String proceedOn,
    @Nullable String tracepointGroup,
    @Nullable String tracepointName,
    @Nullable String target,
    @Nullable String function,
    @Nullable Long offset,
    @Nullable Integer pid,
    @Nullable Integer containerPid) {

  /** In the order of {@link #values}. */
  static final String NAMES =
      "kind, iface, netns, direction, priority, proceed_on, tracepoint_group, tracepoint_name,"
          + " target, function, offset, pid, container_pid";

  static AttachColumns of(AttachSpec spec) {
    String kind = spec.kind();
    return switch (spec) {
      case AttachSpec.Xdp xdp -> network(xdp, null, names(xdp.proceedOn()));
      case AttachSpec.Tc tc -> network(tc, tc.direction(), names(tc.proceedOn()));
      case AttachSpec.Tcx tcx -> network(tcx, tcx.direction(), null);
      case AttachSpec.Tracepoint(String group, String name) ->
          new AttachColumns(
              kind, null, null, null, null, null, group, name, null, null, null, null, null);
      case AttachSpec.Kprobe(String function, long offset, Integer container) ->
          probe(kind, null, function, offset, null, container);
      case AttachSpec.Uprobe p ->
          probe(kind, p.target(), p.function(), p.offset(), p.pid(), p.containerPid());
      case AttachSpec.Fentry fentry -> bare(kind);
      case AttachSpec.Fexit fexit -> bare(kind);
      case AttachSpec.Lsm lsm -> bare(kind);
    };
  }

  private static AttachColumns network(
      AttachSpec.Network spec, @Nullable Direction direction, @Nullable String proceedOn) {
    return new AttachColumns(
        spec.kind(),
        spec.hook().interfaceName(),
        spec.hook().netns(),
        direction == null ? null : direction.wireName(),
        spec.priority(),
        proceedOn,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static AttachColumns probe(
      String kind,
      @Nullable String target,
      @Nullable String function,
      long offset,
      @Nullable Integer pid,
      @Nullable Integer containerPid) {
    return new AttachColumns(
        kind,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        target,
        function,
        offset,
        pid,
        containerPid);
  }

  private static AttachColumns bare(String kind) {
    return new AttachColumns(
        kind, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  private static String names(Set<? extends Enum<?>> actions) {
    return actions.stream()
        .sorted(Comparator.comparingInt(Enum::ordinal))
        .map(Enum::name)
        .collect(Collectors.joining(","));
  }

  @Nullable Object[] values() {
    return new @Nullable Object[] {
      kind,
      iface,
      netns,
      direction,
      priority,
      proceedOn,
      tracepointGroup,
      tracepointName,
      target,
      function,
      offset,
      pid,
      containerPid
    };
  }

  /** Reads the columns of {@link #NAMES} by name. */
  static AttachSpec read(ResultSet row) throws SQLException {
    String kind = row.getString("kind");
    return switch (kind) {
      case "xdp" ->
          new AttachSpec.Xdp(hook(row), row.getInt("priority"), actions(XdpAction.class, row));
      case "tc" ->
          new AttachSpec.Tc(
              hook(row), direction(row), row.getInt("priority"), actions(TcAction.class, row));
      case "tcx" -> new AttachSpec.Tcx(hook(row), direction(row), row.getInt("priority"));
      case "tracepoint" ->
          new AttachSpec.Tracepoint(
              row.getString("tracepoint_group"), row.getString("tracepoint_name"));
      case "kprobe" ->
          new AttachSpec.Kprobe(
              row.getString("function"), row.getLong("offset"), number(row, "container_pid"));
      case "uprobe" ->
          new AttachSpec.Uprobe(
              row.getString("target"),
              row.getString("function"),
              row.getLong("offset"),
              number(row, "pid"),
              number(row, "container_pid"));
      case "fentry" -> new AttachSpec.Fentry();
      case "fexit" -> new AttachSpec.Fexit();
      case "lsm" -> new AttachSpec.Lsm();
      default -> throw new SQLException("a link has unknown kind " + kind);
    };
  }

  private static NetworkHook hook(ResultSet row) throws SQLException {
    return new NetworkHook(row.getString("iface"), row.getString("netns"));
  }

  private static Direction direction(ResultSet row) throws SQLException {
    String name = row.getString("direction");
    return Direction.ofName(name)
        .orElseThrow(() -> new SQLException("a link has unknown direction " + name));
  }

  private static <E extends Enum<E>> Set<E> actions(Class<E> type, ResultSet row)
      throws SQLException {
    Set<E> actions = EnumSet.noneOf(type);
    String names = row.getString("proceed_on");
    if (!names.isEmpty()) {
      Arrays.stream(names.split(",", -1)).map(n -> Enum.valueOf(type, n)).forEach(actions::add);
    }
    return actions;
  }

  private static @Nullable Integer number(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }
}
