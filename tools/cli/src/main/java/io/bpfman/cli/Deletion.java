package io.bpfman.cli;

import io.bpfman.proto.v1.DetachRequest;
import io.bpfman.proto.v1.GetRequest;
import io.bpfman.proto.v1.UnloadRequest;
import io.bpfman.proto.x.v1.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Deletes programs and links as bpfman does: a program goes with its links, a link's program with
 * its last link, and on request those that use a program's maps go before it. For one command.
 */
public final class Deletion {
  private final LoaderSession session;
  private final boolean recursive;
  private final Map<Integer, Program> programs = new TreeMap<>();
  private final Set<Integer> deletedPrograms = new HashSet<>();
  private final Set<Integer> deletedLinks = new HashSet<>();

  /**
   * @param recursive whether programs that use the maps of a deleted one go, too
   */
  public Deletion(LoaderSession session, boolean recursive) {
    this.session = session;
    this.recursive = recursive;
    new Programs(session)
        .list(Map.of(), false)
        .forEach(program -> programs.put(program.getKernelInfo().getId(), program));
  }

  /** Every program, those that use another's maps before it. */
  public List<Integer> everything() {
    return ordered(List.copyOf(programs.keySet()));
  }

  /** The same ids, those that use another's maps before it. */
  public List<Integer> ordered(List<Integer> ids) {
    Set<Integer> ordered = new LinkedHashSet<>();
    ids.forEach(id -> addAfterUsers(id, ids, ordered));
    return List.copyOf(ordered);
  }

  private void addAfterUsers(int id, List<Integer> ids, Set<Integer> ordered) {
    usersOf(id).stream()
        .filter(user -> ids.contains(user) && !ordered.contains(user))
        .forEach(user -> addAfterUsers(user, ids, ordered));
    ordered.add(id);
  }

  private List<Integer> usersOf(int owner) {
    List<Integer> users = new ArrayList<>();
    programs.forEach(
        (id, program) -> {
          boolean uses =
              program.getInfo().hasMapOwnerId() && program.getInfo().getMapOwnerId() == owner;
          if (uses && id != owner) {
            users.add(id);
          }
        });
    return users;
  }

  /** Nothing when it went with another one already. */
  public void program(int id) {
    if (deletedPrograms.contains(id)) {
      return;
    }
    if (recursive) {
      usersOf(id).forEach(this::program);
    }
    UnloadRequest request = UnloadRequest.newBuilder().setId(id).build();
    session.call(loader -> loader.unload(request));
    deletedPrograms.add(id);
    Program gone = programs.get(id);
    if (gone != null) {
      deletedLinks.addAll(gone.getInfo().getLinksList());
    }
  }

  /** Nothing when it went with its program already. */
  public void link(int id) {
    if (deletedLinks.contains(id)) {
      return;
    }
    DetachRequest request = DetachRequest.newBuilder().setLinkId(id).build();
    session.call(loader -> loader.detach(request));
    deletedLinks.add(id);
    owner(id).filter(this::hasNoLink).ifPresent(this::program);
  }

  /** Empty when the server tells the links of a program only one by one, as bpfman's own does. */
  private Optional<Integer> owner(int link) {
    return programs.entrySet().stream()
        .filter(program -> program.getValue().getInfo().getLinksList().contains(link))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean hasNoLink(int program) {
    GetRequest request = GetRequest.newBuilder().setId(program).build();
    return session.call(loader -> loader.get(request)).getInfo().getLinksCount() == 0;
  }
}
