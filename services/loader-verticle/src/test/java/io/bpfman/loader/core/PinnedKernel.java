package io.bpfman.loader.core;

import io.bpfman.loader.port.AttachOrder;
import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.NetworkHooks;
import io.bpfman.model.FailureCode;
import io.bpfman.model.HookId;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

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
  private CountDownLatch gracePeriod = new CountDownLatch(0);
  private long lastLink = 100;

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
      case "attach" -> attach((AttachOrder) arguments[0]);
      case "detach" -> {
        Files.deleteIfExists((Path) arguments[1]);
        yield null;
      }
      case "ensureBpffs" -> false;
      case "awaitLinkGone" -> awaitGone();
      case "observe" -> observe((LinkRecord) arguments[0], (Path) arguments[1]);
      case "hooks" -> hooks();
      case "maps", "stats" -> refusing(method.getReturnType());
      default -> throw new UnsupportedOperationException(method.getName());
    };
  }

  /** One interface, on which a dispatcher never sits. */
  private static Object hooks() {
    return Proxy.newProxyInstance(
        NetworkHooks.class.getClassLoader(),
        new Class<?>[] {NetworkHooks.class},
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "identify" -> HOOK;
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
    return new Attachment(++lastLink);
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
