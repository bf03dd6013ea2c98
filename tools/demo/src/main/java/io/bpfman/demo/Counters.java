package io.bpfman.demo;

import com.google.protobuf.ByteString;
import io.bpfman.cli.LoaderSession;
import io.bpfman.cli.link.LinkView;
import io.bpfman.cli.link.Links;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.v1.ListRequest;
import io.bpfman.proto.v1.ListResponse;
import io.bpfman.proto.x.v1.DumpMapRequest;
import io.bpfman.proto.x.v1.Link;
import io.bpfman.proto.x.v1.MapEntry;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the samples' counters from the kernel's maps, through the daemon. */
final class Counters {
  private final LoaderSession session;

  Counters(LoaderSession session) {
    this.session = session;
  }

  /** One row for each link, ordered by application and program. */
  List<CounterRow> read() {
    List<CounterRow> rows = new ArrayList<>();
    for (ListResponse.ListResult program : programs()) {
      int id = program.getKernelInfo().getId();
      long total = total(id, program.getInfo().getName());
      for (Link link : Links.ofProgram(session, id)) {
        LinkView view = new LinkView(link);
        rows.add(
            new CounterRow(
                application(program),
                program.getInfo().getName(),
                Integer.toUnsignedString(id),
                view.id(),
                view.kind() + " " + view.attachment() + suffix(view),
                total));
      }
    }
    rows.sort(Comparator.comparing(CounterRow::application).thenComparing(CounterRow::program));
    return rows;
  }

  /** How many programs the daemon holds. */
  int programCount() {
    return programs().size();
  }

  private List<ListResponse.ListResult> programs() {
    ListRequest ours = ListRequest.newBuilder().setBpfmanProgramsOnly(true).build();
    return session.call(loader -> loader.list(ours)).getResultsList();
  }

  private long total(int program, String name) {
    String map = Samples.counters().get(name);
    if (map == null) {
      return 0;
    }
    DumpMapRequest request =
        DumpMapRequest.newBuilder().setProgramId(program).setMapName(map).build();
    return session.call(loader -> loader.dumpMap(request)).getEntriesList().stream()
        .map(MapEntry::getValuesList)
        .flatMap(List::stream)
        .mapToLong(Counters::count)
        .sum();
  }

  private static long count(ByteString value) {
    return value.asReadOnlyByteBuffer().order(ByteOrder.nativeOrder()).getLong();
  }

  private static String suffix(LinkView view) {
    return view.health().equals("attached") ? "" : " (" + view.health() + ")";
  }

  private static String application(ListResponse.ListResult program) {
    String key = program.getInfo().getMetadataOrDefault(MetadataKeys.APPLICATION, "");
    return key.substring(key.indexOf('/') + 1);
  }
}
