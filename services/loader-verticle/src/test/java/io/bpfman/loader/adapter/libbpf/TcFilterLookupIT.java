package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import io.bpfman.model.BpfmanException;
import io.bpfman.model.Direction;
import io.bpfman.model.FailureCode;
import io.bpfman.model.LinkHealth;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.NetworkHook;
import io.bpfman.model.ProgramSpec;
import io.bpfman.model.ProgramType;
import io.bpfman.testkit.TestNetns;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Only an answer that says so means that there is no filter; the kernel fails for other reasons.
 */
@Tag("kernel")
class TcFilterLookupIT extends WithKernelLab {
  private final Natives natives = Natives.load();
  private TestNetns netns;
  private AttachSpec.Tc spec;
  private LinkRecord link;

  @BeforeEach
  void attach() {
    netns = TestNetns.create();
    NetworkHook hook = new NetworkHook(TestNetns.INTERFACE, netns.path().toString());
    spec = new AttachSpec.Tc(hook, Direction.INGRESS, 50, Set.of());
    ProgramSpec program = new ProgramSpec("count_tc", ProgramType.TC);
    link =
        lab.attach(
            lab.load(lab.request(lab.object("counters.bpf.c", "counters", ""), program)).getFirst(),
            spec);
  }

  @AfterEach
  void detach() {
    lab.detach(link);
    netns.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EMFILE, Errno.ENOMEM, Errno.EPERM, Errno.EINTR, Errno.EBUSY})
  void whatCannotBeLookedForIsNotCalledGone(int errno) {
    BpfmanException unknown =
        assertThrows(BpfmanException.class, () -> answering(errno).observe(link, spec));
    assertEquals(FailureCode.KERNEL_REFUSED, unknown.code());
    assertTrue(unknown.getMessage().contains("the TC filter of interface"), unknown.getMessage());
    assertThrows(BpfmanException.class, () -> answering(errno).detach(link, spec));
    assertEquals(new LinkHealth.Attached(), lab.kernel().observe(link, lab.linkPin(link.id())));
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.ENOENT, Errno.ENODEV, Errno.EINVAL})
  void whatTheKernelSaysIsNotThereIsGone(int errno) {
    assertInstanceOf(LinkHealth.Detached.class, answering(errno).observe(link, spec));
  }

  /** The real ones, but for each question after a filter. */
  private TcFilters answering(int errno) {
    LibBpf bpf =
        (LibBpf)
            Proxy.newProxyInstance(
                LibBpf.class.getClassLoader(),
                new Class<?>[] {LibBpf.class},
                (proxy, method, arguments) -> {
                  try {
                    return method.getName().equals("bpf_tc_query")
                        ? -errno
                        : method.invoke(natives.bpf(), arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    Natives failing =
        new Natives(bpf, natives.c(), natives.runtime(), natives.calls(), natives.blocks());
    NetnsThread threads = new NetnsThread(failing);
    return new TcFilters(failing, threads, new HookNames(threads, new Interfaces(failing)));
  }
}
