package io.bpfman.nudge.command;

import io.bpfman.nudge.adapter.file.BundleFiles;
import io.bpfman.nudge.core.Finding;
import io.bpfman.nudge.core.UnusableInputException;
import io.bpfman.nudge.core.image.ImageReference;
import io.bpfman.nudge.core.image.InvalidReferenceException;
import io.bpfman.nudge.core.nudge.NudgeFile;
import io.bpfman.nudge.core.nudge.NudgeFileRules;
import io.bpfman.nudge.core.olm.Operand;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** References from flags, and from nudge files where no flag was given. */
final class References {
  private References() {}

  /** Flag values; an empty one was not given. UnusableInputException when one is not pinned. */
  static Map<Operand, ImageReference> given(Map<Operand, String> flags) {
    Map<Operand, ImageReference> images = new EnumMap<>(Operand.class);
    flags.forEach(
        (operand, text) -> {
          if (!text.isEmpty()) {
            images.put(operand, flag(operand.flag(), text));
          }
        });
    return images;
  }

  /** The value of one flag. */
  static ImageReference flag(String flag, String text) {
    try {
      return ImageReference.pinned(text);
    } catch (InvalidReferenceException e) {
      throw new UnusableInputException(flag + ": " + e.getMessage());
    }
  }

  /** Adds what is missing in {@code images} from the directory; nothing when it is empty. */
  static void addFromFiles(
      Map<Operand, ImageReference> images, String directory, Set<Operand> wanted) {
    if (directory.isEmpty()) {
      return;
    }
    for (Operand operand : wanted) {
      if (!images.containsKey(operand)) {
        images.put(operand, fromFile(directory, operand.component()));
      }
    }
  }

  /** The reference of a component. */
  static ImageReference fromFile(String directory, String component) {
    Path path = Path.of(directory);
    NudgeFile file = BundleFiles.nudgeFile(path.resolve(component + ".txt"));
    for (Finding finding : NudgeFileRules.repository(file, BundleFiles.components(path))) {
      throw new UnusableInputException(finding.place(), finding.message());
    }
    return file.image();
  }
}
