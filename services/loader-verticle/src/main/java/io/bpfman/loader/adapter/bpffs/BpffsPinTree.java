package io.bpfman.loader.adapter.bpffs;

import io.bpfman.loader.port.PinTree;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.ChainKey;
import io.bpfman.model.ChainType;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkId;
import io.bpfman.model.ProgramId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pin layout {@code prog_<id>}, {@code links/<id>}, {@code maps/<id>/}, {@code shared/}, {@code
 * xdp/}, {@code tc-ingress/}, {@code tc-egress/} and {@code replacing/} below a BPF file system.
 * Names carry no dots: bpffs refuses them (kernel/bpf/inode.c). Stateless and thread-safe; blocks.
 * Files that do not fit the layout are left alone. Failures of the file system are KERNEL_REFUSED.
 */
public final class BpffsPinTree implements PinTree {
  private static final String PROGRAM_PREFIX = "prog_";
  private static final String OLD_PREFIX = "old_";
  private static final String NEW_PREFIX = "new_";

  /** Decimal without leading zeros, as this class writes them. */
  private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,9}");

  private static final long MAX_ID = 0xFFFF_FFFFL;

  private final Path root;

  public BpffsPinTree(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public Path root() {
    return root;
  }

  @Override
  public Path program(ProgramId id) {
    return root.resolve(PROGRAM_PREFIX + id.value());
  }

  @Override
  public Path link(LinkId id) {
    return links().resolve(Long.toString(id.value()));
  }

  @Override
  public Path replacedLink(LinkId id) {
    return replacing().resolve(OLD_PREFIX + id.value());
  }

  @Override
  public Path replacingLink(LinkId id) {
    return replacing().resolve(NEW_PREFIX + id.value());
  }

  @Override
  public List<LinkId> halfReplacedLinks() {
    return Stream.of(OLD_PREFIX, NEW_PREFIX)
        .flatMap(prefix -> ids(replacing(), prefix).stream())
        .distinct()
        .sorted()
        .map(LinkId::new)
        .toList();
  }

  private Path replacing() {
    return root.resolve("replacing");
  }

  @Override
  public Path maps(ProgramId mapSet) {
    return maps().resolve(Long.toString(mapSet.value()));
  }

  @Override
  public Path shared() {
    return root.resolve("shared");
  }

  @Override
  public Path dispatcher(ChainKey key, int revision) {
    return chains(key.type()).resolve(DispatcherNames.directory(key.hook(), revision));
  }

  @Override
  public Path dispatcherLink(ChainKey key) {
    return chains(key.type()).resolve(DispatcherNames.link(key.hook()));
  }

  private Path chains(ChainType type) {
    return root.resolve(type.wireName());
  }

  private Path links() {
    return root.resolve("links");
  }

  private Path maps() {
    return root.resolve("maps");
  }

  @Override
  public void prepare() {
    createDirectories(links());
    createDirectories(maps());
    createDirectories(shared());
    createDirectories(replacing());
  }

  @Override
  public boolean exists(Path pin) {
    return Files.exists(pin, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void createDirectories(Path directory) {
    try {
      Files.createDirectories(inside(directory));
    } catch (IOException e) {
      throw refused("create directory", directory, e);
    }
  }

  @Override
  public void rename(Path from, Path to) {
    try {
      Files.move(inside(from), inside(to), StandardCopyOption.ATOMIC_MOVE);
      // rename(2) keeps both names when they stand for the same pin.
      Files.deleteIfExists(from);
    } catch (IOException e) {
      throw refused("rename pin " + from + " to", to, e);
    }
  }

  @Override
  public void alias(Path pin, Path second) {
    remove(second);
    try {
      Files.createLink(inside(second), inside(pin));
    } catch (IOException e) {
      throw refused("give pin " + pin + " the second name", second, e);
    }
  }

  @Override
  public void remove(Path pin) {
    try {
      Files.deleteIfExists(inside(pin));
    } catch (IOException e) {
      throw refused("remove pin", pin, e);
    }
  }

  @Override
  public void removeDirectory(Path directory) {
    for (Path entry : entries(inside(directory))) {
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        removeDirectory(entry);
      } else {
        remove(entry);
      }
    }
    remove(directory);
  }

  @Override
  public List<ProgramId> programPins() {
    return ids(root, PROGRAM_PREFIX).stream().map(ProgramId::new).toList();
  }

  @Override
  public List<LinkId> linkPins() {
    return ids(links(), "").stream().map(LinkId::new).toList();
  }

  @Override
  public List<Path> watched() {
    return List.of(root, links());
  }

  @Override
  public Optional<LinkId> linkAt(Path pin) {
    return links().equals(pin.getParent())
        ? ids(Stream.of(name(pin)), "").findFirst().map(LinkId::new)
        : Optional.empty();
  }

  @Override
  public Optional<ProgramId> programAt(Path pin) {
    return root.equals(pin.getParent())
        ? ids(Stream.of(name(pin)), PROGRAM_PREFIX).findFirst().map(ProgramId::new)
        : Optional.empty();
  }

  @Override
  public List<ProgramId> mapDirectories() {
    return ids(maps(), "").stream().map(ProgramId::new).toList();
  }

  @Override
  public Set<ChainKey> dispatchers() {
    return Stream.of(ChainType.values())
        .flatMap(
            type -> names(chains(type)).flatMap(name -> DispatcherNames.key(type, name).stream()))
        .collect(Collectors.toSet());
  }

  @Override
  public List<Integer> dispatcherRevisions(ChainKey key) {
    return names(chains(key.type()))
        .filter(name -> DispatcherNames.key(key.type(), name).filter(key::equals).isPresent())
        .map(DispatcherNames::revision)
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt)
        .sorted()
        .toList();
  }

  private static Stream<String> names(Path directory) {
    return entries(directory).stream().map(BpffsPinTree::name);
  }

  private static String name(Path entry) {
    return entry.getFileName().toString();
  }

  @Override
  public Map<String, Path> mapPins(Path directory) {
    Map<String, Path> pins = new TreeMap<>();
    for (Path entry : entries(directory)) {
      if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        pins.put(entry.getFileName().toString(), entry);
      }
    }
    return Collections.unmodifiableMap(pins);
  }

  /** Numbers in the names of a directory that are {@code prefix} and an id, ascending. */
  private List<Long> ids(Path directory, String prefix) {
    return ids(names(directory), prefix).sorted().toList();
  }

  private static Stream<Long> ids(Stream<String> names, String prefix) {
    return names
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(number -> ID.matcher(number).matches())
        .map(Long::valueOf)
        .filter(id -> id <= MAX_ID);
  }

  /** Empty when the directory does not exist, which is asked first: an exception costs more. */
  private static List<Path> entries(Path directory) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
      return entries;
    } catch (NoSuchFileException | NotDirectoryException absent) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw refused("list", directory, e);
    } catch (IOException e) {
      throw refused("list", directory, e);
    }
  }

  /** Guards against removing anything that is not ours. */
  private Path inside(Path path) {
    Path normal = path.toAbsolutePath().normalize();
    if (!normal.startsWith(root)) {
      throw FailureCode.INTERNAL.because(
          "%s is not below the pin directory %s".formatted(path, root));
    }
    return normal;
  }

  private static BpfmanException refused(String action, Path path, Exception cause) {
    return FailureCode.KERNEL_REFUSED.because(
        "cannot %s %s: %s".formatted(action, path, cause),
        "check that a bpffs is mounted there and that the daemon may write to it",
        cause);
  }
}
