package io.bpfman.agent.core;

import io.bpfman.contract.wire.WatchTexts;
import io.bpfman.model.MetadataKeys;
import io.bpfman.proto.bus.v1.Application;
import io.bpfman.proto.bus.v1.InterfaceSelector;
import io.bpfman.proto.bus.v1.LinkSpec;
import io.bpfman.proto.x.v1.WatchEvent;
import io.bpfman.proto.x.v1.WatchKind;
import io.bpfman.proto.x.v1.WatchedInterface;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which applications an event of the loader may concern. It says only where to look: events may be
 * lost, doubled or forged.
 *
 * @param everything all of them, known or not
 * @param keys of applications
 */
public record Hint(boolean everything, Set<String> keys) {
  public static final Hint NONE = new Hint(false, Set.of());
  private static final Hint EVERYTHING = new Hint(true, Set.of());

  public Hint {
    keys = Set.copyOf(keys);
  }

  /**
   * @param wanted applications that should be on this node
   */
  public static Hint of(WatchEvent event, Collection<Application> wanted) {
    return switch (event.getKind()) {
      case WATCH_KIND_WATCHING, WATCH_KIND_OVERFLOW, WATCH_KIND_PINS_LOST -> EVERYTHING;
      case WATCH_KIND_LINK_LOST,
          WATCH_KIND_LINK_DETACHED,
          WATCH_KIND_PROGRAM_LOST,
          WATCH_KIND_PROGRAM_UNLOADED ->
          ofOwner(event);
      case WATCH_KIND_INTERFACE_APPEARED,
          WATCH_KIND_INTERFACE_UP,
          WATCH_KIND_INTERFACE_DOWN,
          WATCH_KIND_INTERFACE_GONE,
          WATCH_KIND_INTERFACE_RENAMED ->
          ofInterface(event.getKind(), event.getInterface(), wanted);
      case WATCH_KIND_UNSPECIFIED,
          WATCH_KIND_OBJECT_LOADED,
          WATCH_KIND_PROGRAM_LOADED,
          WATCH_KIND_LINK_ATTACHED,
          UNRECOGNIZED ->
          NONE;
    };
  }

  private static Hint ofOwner(WatchEvent event) {
    String key = WatchTexts.metadata(event).get(MetadataKeys.APPLICATION);
    return key == null ? NONE : new Hint(false, Set.of(key));
  }

  private static Hint ofInterface(
      WatchKind kind, WatchedInterface one, Collection<Application> wanted) {
    return new Hint(
        false,
        wanted.stream()
            .filter(application -> concerns(kind, one, application))
            .map(Application::getKey)
            .collect(Collectors.toSet()));
  }

  private static boolean concerns(WatchKind kind, WatchedInterface one, Application application) {
    return application.getProgramsList().stream()
        .flatMap(program -> program.getLinksList().stream())
        .filter(LinkSpec::hasNetwork)
        .map(link -> link.getNetwork().getInterfaces())
        .anyMatch(selector -> mayChoose(selector, kind, one));
  }

  /** A name is attached to whether it is up or not; anything else may be chosen by its state. */
  private static boolean mayChoose(
      InterfaceSelector selector, WatchKind kind, WatchedInterface one) {
    if (selector.getNamesCount() == 0) {
      return true;
    }
    boolean named =
        selector.getNamesList().contains(one.getName())
            || selector.getNamesList().contains(one.getOldName());
    return named
        && kind != WatchKind.WATCH_KIND_INTERFACE_UP
        && kind != WatchKind.WATCH_KIND_INTERFACE_DOWN;
  }

  public boolean isEmpty() {
    return !everything && keys.isEmpty();
  }

  /** Both. */
  public Hint and(Hint other) {
    Set<String> both = new HashSet<>(keys);
    both.addAll(other.keys);
    return new Hint(everything || other.everything, both);
  }
}
