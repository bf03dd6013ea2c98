package io.bpfman.loader.core;

import io.bpfman.model.ChainKey;
import io.bpfman.model.LinkId;
import io.bpfman.model.LinkRecord;
import io.bpfman.model.ProgramId;
import io.bpfman.model.ProgramRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** One thing on which store, pins and kernel do not agree. */
public sealed interface Drift {
  /**
   * A hook that runs something else than its record says, or with parts of an unfinished change.
   */
  record HalfChain(ChainKey key) implements Drift {}

  /** A replacement that began and did not end. */
  record HalfReplaced(ProgramId program) implements Drift {}

  /** A link that a replacement made twice. */
  record DoubledLink(LinkId link) implements Drift {}

  /** An unload that began and did not end. */
  record HalfUnloaded(ProgramId program) implements Drift {}

  /** An attach or detach that began and did not end. */
  record HalfLink(LinkRecord link) implements Drift {}

  /** Recorded, but the kernel has no such program; its links and map pins go with the record. */
  record LostProgram(ProgramRecord program) implements Drift {}

  /** Alive only as long as its links hold it. */
  record UnpinnedProgram(ProgramRecord program) implements Drift {}

  /** Recorded as attached, but it is not. */
  record LostLink(LinkRecord link, String reason) implements Drift {}

  /** Attached to a file or process that its attach point no longer names. */
  record OutdatedLink(LinkRecord link, String reason) implements Drift {}

  record OrphanProgramPin(ProgramId program, Path pin) implements Drift {}

  record OrphanLinkPin(LinkId link, Path pin) implements Drift {}

  record OrphanMaps(ProgramId mapSet, Path directory) implements Drift {}

  record UnusedSharedMap(Path pin) implements Drift {}

  /** The kept object of a program that is not there. */
  record OrphanCopy(ProgramId program) implements Drift {}

  /** Nobody can tell which pins are orphans: the store that knew was lost. */
  record KeptPins(List<ProgramId> recovered) implements Drift {}

  /** The thing, by name. */
  default String subject() {
    return switch (this) {
      case HalfChain half -> "the chain on " + half.key();
      case HalfReplaced half -> "program " + half.program();
      case DoubledLink doubled -> "link " + doubled.link();
      case HalfUnloaded half -> "program " + half.program();
      case HalfLink half -> name(half.link());
      case LostProgram lost -> name(lost.program());
      case UnpinnedProgram unpinned -> name(unpinned.program());
      case LostLink lost -> name(lost.link());
      case OutdatedLink outdated -> name(outdated.link());
      case OrphanProgramPin orphan -> "program pin " + orphan.pin();
      case OrphanLinkPin orphan -> "link pin " + orphan.pin();
      case OrphanMaps orphan -> "map pins " + orphan.directory();
      case UnusedSharedMap orphan -> "map pin " + orphan.pin();
      case OrphanCopy orphan -> "the copy of the object of program " + orphan.program();
      case KeptPins _ -> "links and maps without a record";
    };
  }

  /** What is wrong with it, as the rest of a sentence that begins with the subject. */
  default String problem() {
    return switch (this) {
      case HalfChain _ -> "was half changed";
      case HalfReplaced _ -> "was half replaced";
      case DoubledLink _ -> "was half moved to another program";
      case HalfUnloaded _ -> "was half unloaded";
      case HalfLink half ->
          half.link().stage() == LinkRecord.Stage.ATTACHING
              ? "was half attached"
              : "was half detached";
      case LostProgram _ -> "is no longer in the kernel";
      case UnpinnedProgram _ -> "lost its pin";
      case LostLink lost -> "was lost (%s)".formatted(lost.reason());
      case OutdatedLink outdated ->
          "is attached to what it no longer means (%s)".formatted(outdated.reason());
      case OrphanProgramPin _, OrphanLinkPin _, OrphanMaps _, UnusedSharedMap _, OrphanCopy _ ->
          "belonged to nothing";
      case KeptPins _ -> "are kept until all recovered programs are unloaded";
    };
  }

  /** What a repair does, as an order. */
  default String remedy() {
    return switch (this) {
      case HalfChain _ -> "finish or undo the change";
      case HalfReplaced _ -> "let its links run it again";
      case DoubledLink _ -> "keep the one that is recorded";
      case HalfUnloaded _ -> "finish the unload";
      case HalfLink half ->
          half.link().stage() == LinkRecord.Stage.ATTACHING
              ? "undo the attach"
              : "finish the detach";
      case LostProgram _ -> "drop its record, links and map pins";
      case UnpinnedProgram _ -> "pin it again";
      case LostLink _ -> "attach it again";
      case OutdatedLink _ -> "attach it anew, or detach it";
      case OrphanProgramPin _, OrphanLinkPin _, OrphanMaps _, UnusedSharedMap _, OrphanCopy _ ->
          "remove";
      case KeptPins kept ->
          "by hand: load these programs anew, then `bpfman program unload %s`"
              .formatted(
                  kept.recovered().stream()
                      .map(ProgramId::toString)
                      .collect(Collectors.joining(" ")));
    };
  }

  /** What a repair did, as the end of a sentence that begins with the subject. */
  default String done() {
    return switch (this) {
      case HalfUnloaded _,
          HalfLink _,
          OrphanProgramPin _,
          OrphanLinkPin _,
          UnusedSharedMap _,
          OrphanCopy _ ->
          "has been removed";
      case HalfReplaced _ -> "runs on";
      case HalfChain _, DoubledLink _ -> "has been settled";
      case OrphanMaps _ -> "have been removed";
      case LostProgram _ -> "has been dropped";
      case UnpinnedProgram _ -> "has been pinned again";
      case LostLink _ -> "has been attached again";
      case OutdatedLink _ -> "has been attached anew";
      case KeptPins _ -> "are kept";
    };
  }

  private static String name(LinkRecord link) {
    return "link %s (%s)".formatted(link.id(), link.spec().attachPoint());
  }

  private static String name(ProgramRecord program) {
    return "program %s (\"%s\")".formatted(program.id(), program.spec().name());
  }
}
