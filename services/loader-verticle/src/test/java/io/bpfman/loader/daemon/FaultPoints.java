package io.bpfman.loader.daemon;

import io.bpfman.loader.port.LoadedObject;
import io.bpfman.loader.port.NetworkHooks;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

/**
 * Counts the calls to ports and ends the process before one of them, as SIGKILL would: no hook, no
 * undo, no flush runs. Calls that only read are not counted: to die before one is to die before the
 * call after it. Not thread-safe.
 */
final class FaultPoints {
  /** What a shell says of a process that SIGKILL ended. */
  static final int KILLED = 137;

  private static final Set<String> READS =
      Set.of(
          "program",
          "programs",
          "link",
          "links",
          "linksOf",
          "linksAt",
          "hooks",
          "identify",
          "occupant",
          "dispatcher",
          "dispatchers",
          "dispatcherLink",
          "dispatcherRevisions",
          "of",
          "mapSetUsers",
          "sharedMapsOf",
          "unusedSharedMaps",
          "replacing",
          "replacedLink",
          "replacingLink",
          "halfReplacedLinks",
          "programOfLink",
          "root",
          "ensureBpffs",
          "misfits",
          "image",
          "shared",
          "exists",
          "maps",
          "mapPins",
          "sharedMaps",
          "observe");

  private final int fatal;
  private final Runnable end;
  private int calls;
  private boolean dead;

  /**
   * @param fatal number of the call before which the process ends, from 1; 0 for none
   */
  FaultPoints(int fatal) {
    this(fatal, () -> Runtime.getRuntime().halt(KILLED));
  }

  private FaultPoints(int fatal, Runnable end) {
    this.fatal = fatal;
    this.end = end;
  }

  /**
   * Where a process is too slow to start: from the fatal call on every call fails, so that no undo
   * gets to work, as in a process that is no more. Descriptors are still closed, as the kernel does
   * it.
   */
  static FaultPoints inThisProcess(int fatal) {
    return new FaultPoints(
        fatal,
        () -> {
          throw new Death();
        });
  }

  /** The end of a process that goes on. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  int calls() {
    return calls;
  }

  <T> T around(Class<T> port, T real) {
    InvocationHandler handler = (proxy, method, arguments) -> call(real, method, arguments);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  /** Ends the process when it was to die after the last call. */
  void pass() {
    calls++;
    if (calls == fatal) {
      dead = true;
      end.run();
    }
  }

  private Object call(Object real, Method method, Object[] arguments) throws Throwable {
    boolean closing = method.getName().equals("close");
    if (dead && !closing) {
      throw new Death();
    }
    if (!dead && !READS.contains(method.getName())) {
      pass();
    }
    try {
      Object answer = method.invoke(real, arguments);
      return switch (answer) {
        case LoadedObject loaded -> around(LoadedObject.class, loaded);
        case NetworkHooks hooks -> around(NetworkHooks.class, hooks);
        case null, default -> answer;
      };
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
