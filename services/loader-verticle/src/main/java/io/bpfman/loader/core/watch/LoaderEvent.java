package io.bpfman.loader.core.watch;

import io.bpfman.loader.port.InterfaceChange;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.util.List;
import java.util.Map;

/** Something that happened in the loader or in the kernel. */
public sealed interface LoaderEvent {

  /** What can be asked for. */
  enum Kind {
    WATCHING,
    OVERFLOW,
    INTERFACE_APPEARED,
    INTERFACE_UP,
    INTERFACE_DOWN,
    INTERFACE_GONE,
    INTERFACE_RENAMED,
    OBJECT_LOADED,
    PROGRAM_LOADED,
    PROGRAM_UNLOADED,
    PROGRAM_LOST,
    LINK_ATTACHED,
    LINK_DETACHED,
    LINK_LOST,
    PINS_LOST
  }

  Kind kind();

  /** The watcher hears everything from now on. */
  record Watching() implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.WATCHING;
    }
  }

  /**
   * The watcher was too slow.
   *
   * @param missed events that it did not get
   */
  record Overflow(long missed) implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.OVERFLOW;
    }
  }

  record Interface(InterfaceChange change) implements LoaderEvent {
    @Override
    public Kind kind() {
      return switch (change.what()) {
        case APPEARED -> Kind.INTERFACE_APPEARED;
        case UP -> Kind.INTERFACE_UP;
        case DOWN -> Kind.INTERFACE_DOWN;
        case GONE -> Kind.INTERFACE_GONE;
        case RENAMED -> Kind.INTERFACE_RENAMED;
      };
    }
  }

  /**
   * A whole load.
   *
   * @param programs in the order of the request
   */
  record ObjectLoaded(Map<String, String> metadata, List<ProgramId> programs)
      implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.OBJECT_LOADED;
    }
  }

  record ProgramLoaded(ProgramRecord program) implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.PROGRAM_LOADED;
    }
  }

  record ProgramUnloaded(ProgramRecord program) implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.PROGRAM_UNLOADED;
    }
  }

  record ProgramLost(ProgramRecord program, String reason) implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.PROGRAM_LOST;
    }
  }

  record LinkAttached(LinkRecord link) implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.LINK_ATTACHED;
    }
  }

  record LinkDetached(LinkRecord link) implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.LINK_DETACHED;
    }
  }

  record LinkLost(LinkRecord link, String reason) implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.LINK_LOST;
    }
  }

  /** The bpffs had been unmounted and was mounted again: what was pinned there is gone. */
  record PinsLost() implements LoaderEvent {
    @Override
    public Kind kind() {
      return Kind.PINS_LOST;
    }
  }
}
