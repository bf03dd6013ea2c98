package io.bpfman.loader.port;

import io.bpfman.model.ChainKey;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names and files below the daemon's bpffs. Removing what is not there is success. */
public interface PinTree {
  /** Where the bpffs is mounted. */
  Path root();

  Path program(ProgramId id);

  Path link(LinkId id);

  /** Second name of the link that a program is being replaced on, while that takes. */
  Path replacedLink(LinkId id);

  /** Pin of a link that is to take the place of another. */
  Path replacingLink(LinkId id);

  /** Links of which anything has one of these two names. */
  List<LinkId> halfReplacedLinks();

  /** Directory that holds the map pins of one map set. */
  Path maps(ProgramId mapSet);

  /** Directory of one revision of the dispatcher on a hook. */
  Path dispatcher(ChainKey key, int revision);

  /** Pin of the link that holds the dispatcher on a hook. */
  Path dispatcherLink(ChainKey key);

  /** Directory of maps shared by name between objects. */
  Path shared();

  /** Makes the directories that pins go into. Idempotent. */
  void prepare();

  boolean exists(Path pin);

  void createDirectories(Path directory);

  /** Gives a pin another name, in place of what is pinned there, in one step. */
  void rename(Path from, Path to);

  /** A second name for what is pinned; one that is there already is replaced. */
  void alias(Path pin, Path second);

  /** Removes one pin. */
  void remove(Path pin);

  /** Removes a directory of pins and all in it. */
  void removeDirectory(Path directory);

  /** Ids of all program pins. */
  List<ProgramId> programPins();

  /** Ids of all link pins. */
  List<LinkId> linkPins();

  /** Directories of the pins of programs and links. */
  List<Path> watched();

  /** The link whose pin has this path, there or not; empty when no link's has. */
  Optional<LinkId> linkAt(Path pin);

  /** The program whose pin has this path, there or not; empty when no program's has. */
  Optional<ProgramId> programAt(Path pin);

  /** Ids of all map directories. */
  List<ProgramId> mapDirectories();

  /** Hooks of which anything of a dispatcher is pinned. */
  Set<ChainKey> dispatchers();

  /** Revisions of which there is a directory, ascending. */
  List<Integer> dispatcherRevisions(ChainKey key);

  /** Map name to pin, of one directory; empty when it does not exist. */
  Map<String, Path> mapPins(Path directory);
}
