package io.bpfman.loader.core;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.BpfMaps;
import io.bpfman.loader.port.MapFacts;
import io.bpfman.loader.port.MapRef;
import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.loader.port.ObjectLoad;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A kernel whose programs are a set, whose links live as long as their pins, and whose pins are
 * empty files. Calls that no test of the doctor needs fail.
 */
final class PinnedKernel {
  static final String TAG = "0123456789abcdef";
  static final String GONE = "its pin is gone";
  static final HookId HOOK = new HookId(4026531840L, 7);

  private final Map<ProgramId, KernelProgram> programs = new ConcurrentHashMap<>();
  private final Set<String> refusedAttachPoints = ConcurrentHashMap.newKeySet();
  private final Map<String, HookId> interfaces = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> verifiers = new ConcurrentHashMap<>();
  private final Set<String> verifying = ConcurrentHashMap.newKeySet();
  private final AtomicLong lastId = new AtomicLong(1000);
  private CountDownLatch gracePeriod = new CountDownLatch(0);

  void add(ProgramId id) {
    programs.put(
        id,
        new KernelProgram(
            id,
            "f",
            6,
            Instant.EPOCH,
            TAG,
            true,
            List.of(),
            0,
            8,
            8,
            8,
            1,
            0,
            KernelProgram.Runs.NONE));
  }

  void remove(ProgramId id) {
    programs.remove(id);
  }

  void refuse(String attachPoint) {
    refusedAttachPoints.add(attachPoint);
  }

  /** Links that are taken off stay known until the latch is open. */
  void holdLinksUntil(CountDownLatch latch) {
    gracePeriod = latch;
  }

  /** The verifier works on objects of this name until the latch is open. */
  void verifyUntil(String object, CountDownLatch latch) {
    verifiers.put(object, latch);
  }

  boolean isVerifying(String object) {
    return verifying.contains(object);
  }

  /** What a name leads to; {@link #HOOK} unless told. */
  void place(String interfaceName, int index) {
    interfaces.put(interfaceName, new HookId(HOOK.netns(), index));
  }

  BpfKernel port() {
    return (BpfKernel)
        Proxy.newProxyInstance(
            BpfKernel.class.getClassLoader(),
            new Class<?>[] {BpfKernel.class},
            (proxy, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "program" -> Optional.ofNullable(programs.get((ProgramId) arguments[0]));
      case "programs" -> List.copyOf(programs.values());
      case "pinProgram" -> {
        touch((Path) arguments[1]);
        yield null;
      }
      case "load" -> load((ObjectLoad) arguments[0]);
      case "programOfLink" -> Optional.empty();
      case "attach" -> attach((AttachOrder) arguments[0]);
      case "detach" -> {
        Files.deleteIfExists((Path) arguments[1]);
        yield null;
      }
      case "ensureBpffs" -> false;
      case "awaitLinkGone" -> awaitGone();
      case "observe" -> observe((LinkRecord) arguments[0], (Path) arguments[1]);
      case "hooks" -> hooks();
      case "maps" -> maps();
      case "stats" -> refusing(method.getReturnType());
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  /** One interface, on which a dispatcher never sits. */
  private Object hooks() {
    return Proxy.newProxyInstance(
        NetworkHooks.class.getClassLoader(),
        new Class<?>[] {NetworkHooks.class},
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "identify" ->
                  interfaces.getOrDefault(((NetworkHook) arguments[0]).interfaceName(), HOOK);
              case "update" -> null;
              case "occupant" -> Optional.empty();
              case "release" -> null;
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Object refusing(Class<?> port) {
    return Proxy.newProxyInstance(
        port.getClassLoader(),
        new Class<?>[] {port},
        (proxy, method, arguments) -> {
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private boolean awaitGone() throws InterruptedException {
    gracePeriod.await();
    return true;
  }

  private Attachment attach(AttachOrder order) {
    if (refusedAttachPoints.contains(order.spec().attachPoint())) {
      throw FailureCode.INTERFACE_NOT_FOUND.because(
          order.spec().attachPoint() + " does not exist", "make it");
    }
    touch(order.linkPin());
    return new Attachment(lastId.incrementAndGet());
  }

  /** An object has a shared map "common" when its name says so. */
  private PinnedObject load(ObjectLoad request) throws InterruptedException {
    String object = request.object().getFileName().toString();
    Map<String, Long> maps = new HashMap<>(Map.of("hits", lastId.incrementAndGet()));
    if (object.contains("shared")) {
      maps.put("common", common(request.sharedMapDir().resolve("common")));
    }
    CountDownLatch verifier = verifiers.get(object);
    if (verifier != null) {
      verifying.add(object);
      verifier.await();
      verifying.remove(object);
    }
    if (object.contains("bad")) {
      throw FailureCode.VERIFIER_REJECTED.because(object + " is not taken");
    }
    ProgramId id = new ProgramId(lastId.incrementAndGet());
    add(id);
    List<String> shared = maps.containsKey("common") ? List.of("common") : List.of();
    return new PinnedObject(programs.get(id), maps, shared);
  }

  /** As libbpf does: before the verifier works. */
  private synchronized long common(Path pin) {
    if (Files.exists(pin)) {
      return read(pin);
    }
    long made = lastId.incrementAndGet();
    write(pin, made);
    return made;
  }

  private static Object maps() {
    return Proxy.newProxyInstance(
        BpfMaps.class.getClassLoader(),
        new Class<?>[] {BpfMaps.class},
        (proxy, method, arguments) -> {
          if (method.getName().equals("facts") && arguments[0] instanceof MapRef.Pinned(Path pin)) {
            return new MapFacts(read(pin), 1, 4, 8, 1, 0, "common", 0, 0, 0);
          }
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private static long read(Path pin) {
    try {
      return Long.parseLong(Files.readString(pin));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pins a map of this id. */
  static void write(Path pin, long id) {
    try {
      Files.writeString(touch(pin), Long.toString(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LinkHealth observe(LinkRecord link, Path pin) {
    return Files.exists(pin) ? new LinkHealth.Attached() : new LinkHealth.PinMissing(GONE);
  }

  static Path touch(Path pin) {
    try {
      Files.createDirectories(pin.getParent());
      return Files.createFile(pin);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
