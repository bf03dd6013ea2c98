package io.bpfman.loader.core;

import io.bpfman.loader.port.Attachment;
import io.bpfman.loader.port.PinTree;
import io.bpfman.loader.port.TcxPosition;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProbedTarget;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;

/**
 * Attaches links anew whose targets mean other files now, under their own ids. Callers hold the
 * lock of the program. Where the target cannot be attached to, the link stays as it is.
 */
final class LinkRenewal {
  private final Platform platform;
  private final LinkOperations links;

  LinkRenewal(Platform platform, LinkOperations links) {
    this.platform = platform;
    this.links = links;
  }

  /** The new one first; for a moment both count, each on its file. */
  void renew(LinkRecord link) {
    Path made = pins().replacingLink(link.id());
    LinkRecord renewed;
    try (Undo undo = new Undo()) {
      pins().remove(made);
      undo.push(() -> pins().remove(made));
      Attachment beside =
          platform
              .kernel()
              .attach(platform.order(program(link), link, new TcxPosition.Last()).pinnedAt(made));
      renewed = LinkOperations.probing(link.attached(beside.kernelLink()), beside);
      if (!isSameFile(link, renewed)) {
        swap(link, renewed, undo);
        undo.commit();
      }
    }
    if (isSameFile(link, renewed)) {
      links.awaitGone(renewed);
      attachAfresh(link);
    } else {
      pins().remove(pins().replacedLink(link.id()));
      links.awaitGone(link);
    }
  }

  private void swap(LinkRecord link, LinkRecord renewed, Undo undo) {
    Path pin = pins().link(link.id());
    Path kept = pins().replacedLink(link.id());
    pins().alias(pin, kept);
    undo.push(() -> pins().rename(kept, pin));
    pins().rename(pins().replacingLink(link.id()), pin);
    platform.store().updateLink(renewed);
  }

  /**
   * The kernel reads the instruction of a place in a file once, when the first probe comes there,
   * and forgets it with the last: after the file was written over, the old one has to go first.
   */
  private void attachAfresh(LinkRecord link) {
    platform.kernel().detach(link, pins().link(link.id()));
    links.awaitGone(link);
    links.reattach(link);
  }

  private static boolean isSameFile(LinkRecord before, LinkRecord now) {
    ProbedTarget old = before.probed();
    ProbedTarget target = now.probed();
    return old != null && target != null && old.identity().isSameFile(target.identity());
  }

  private ProgramRecord program(LinkRecord link) {
    return platform
        .store()
        .program(link.program())
        .orElseThrow(() -> LoaderFailures.unknownProgram(link.program()));
  }

  private PinTree pins() {
    return platform.pins();
  }
}
