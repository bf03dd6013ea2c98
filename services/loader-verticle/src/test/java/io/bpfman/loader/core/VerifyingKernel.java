package io.bpfman.loader.core;

import io.bpfman.loader.port.BpfKernel;
import io.bpfman.loader.port.LoadedObject;
import io.bpfman.model.KernelProgram;
import io.bpfman.model.ProgramId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link PinnedKernel} that also loads, and in which something can happen meanwhile. */
final class VerifyingKernel {
  static final ProgramId LOADED = new ProgramId(9);

  private final PinnedKernel kernel;
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger attaches = new AtomicInteger();
  private volatile Runnable verifier = () -> {};
  private volatile Runnable hook = () -> {};

  VerifyingKernel(PinnedKernel kernel) {
    this.kernel = kernel;
  }

  /** Happens while the verifier is at work. */
  void whileVerifying(Runnable happening) {
    verifier = happening;
  }

  /** Happens while a program is being attached. */
  void whileAttaching(Runnable happening) {
    hook = happening;
  }

  int loads() {
    return loads.get();
  }

  int attaches() {
    return attaches.get();
  }

  BpfKernel port() {
    BpfKernel pinned = kernel.port();
    return (BpfKernel)
        Proxy.newProxyInstance(
            BpfKernel.class.getClassLoader(),
            new Class<?>[] {BpfKernel.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "load" -> load();
                  case "attach" -> attach(pinned, method, arguments);
                  default -> pass(pinned, method, arguments);
                });
  }

  private LoadedObject load() {
    loads.incrementAndGet();
    kernel.add(LOADED);
    verifier.run();
    return new Loaded();
  }

  private Object attach(BpfKernel pinned, Method method, Object[] arguments) throws Throwable {
    attaches.incrementAndGet();
    Object link = pass(pinned, method, arguments);
    hook.run();
    return link;
  }

  private static Object pass(BpfKernel pinned, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(pinned, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** One program without maps. */
  private static final class Loaded implements LoadedObject {
    @Override
    public List<KernelProgram> programs() {
      return List.of(
          new KernelProgram(
              LOADED,
              "f",
              6,
              Instant.EPOCH,
              PinnedKernel.TAG,
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

    @Override
    public Map<String, Long> maps() {
      return Map.of();
    }

    @Override
    public Map<String, String> misfits() {
      return Map.of();
    }

    @Override
    public ByteBuffer image() {
      return ByteBuffer.allocate(1);
    }

    @Override
    public List<String> sharedMaps() {
      return List.of();
    }

    @Override
    public void pinProgram(int index, Path pin) {
      PinnedKernel.touch(pin);
    }

    @Override
    public void pinMap(String name, Path pin) {
      PinnedKernel.touch(pin);
    }

    @Override
    public void close() {}
  }
}
