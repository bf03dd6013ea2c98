package io.bpfman.loader.adapter.elf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.loader.adapter.elf.LinkerCacheFile.Audience;
import io.bpfman.loader.adapter.elf.LinkerCacheFile.Entry;
import io.bpfman.testkit.Commands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LinkerCacheFileTest {
  private static final Pattern LISTED =
      Pattern.compile("\\s+(\\S+) \\(libc6,x86-64.*\\) => (\\S+)");

  private static final List<Entry> LIBRARIES =
      List.of(
          new Entry("liba.so.2", "/opt/fast/liba.so.2", Audience.SOME_PROCESSORS),
          new Entry("liba.so.2", "/opt/liba.so.2", Audience.MACHINE));

  @Test
  void newFormatIsReadAloneAndBehindTheOldOne() throws Exception {
    assertEquals(LIBRARIES, parse(new LinkerCacheBuilder().libraries().modern()));
    assertEquals(LIBRARIES, parse(new LinkerCacheBuilder().libraries().both()));
  }

  @Test
  void oldFormatIsReadAlone() throws Exception {
    assertEquals(
        List.of(
            new Entry("liba.so.2", "/opt/fast/liba.so.2", Audience.MACHINE),
            new Entry("liba.so.2", "/opt/liba.so.2", Audience.MACHINE)),
        parse(new LinkerCacheBuilder().libraries().old()));
  }

  @Test
  void librariesOfOtherMachinesAreLeftOut() throws Exception {
    byte[] file = new LinkerCacheBuilder().libraries().modern();
    assertEquals(
        List.of(new Entry("liba.so.2", "/opt/arm/liba.so.2", Audience.MACHINE)),
        LinkerCacheFile.parse(ByteBuffer.wrap(file), "aarch64"));
  }

  /** Neither C library nor machine: what writes a cache without looking into the libraries. */
  @Test
  void librariesOfNoSaidMachineAreRead() throws Exception {
    LinkerCacheBuilder cache =
        new LinkerCacheBuilder().add(LinkerCacheBuilder.ANY_ELF, "liba.so.1", "/opt/liba.so.1", 0);
    assertEquals(
        List.of(new Entry("liba.so.1", "/opt/liba.so.1", Audience.UNSAID)), parse(cache.modern()));
    assertEquals(
        List.of(new Entry("liba.so.1", "/opt/liba.so.1", Audience.UNSAID)), parse(cache.old()));
  }

  @Test
  void whatLdconfigListsIsWhatIsRead() throws Exception {
    TreeSet<String> listed = new TreeSet<>();
    for (String line : Commands.run("/sbin/ldconfig", "-p").lines().toList()) {
      Matcher library = LISTED.matcher(line);
      if (library.matches()) {
        listed.add(library.group(1) + " " + library.group(2));
      }
    }
    TreeSet<String> read = new TreeSet<>();
    parse(Files.readAllBytes(Path.of("/etc/ld.so.cache")))
        .forEach(entry -> read.add(entry.name() + " " + entry.path()));
    assertTrue(read.size() > 10, read.toString());
    assertEquals(listed, read);
  }

  @Test
  void otherFilesAndTornOnesAreRefused() throws IOException {
    assertThrows(ElfFormatException.class, () -> parse(new byte[0]));
    assertThrows(ElfFormatException.class, () -> parse("ld.so-1.7.0".getBytes("UTF-8")));
    byte[] whole = new LinkerCacheBuilder().libraries().modern();
    assertThrows(ElfFormatException.class, () -> parse(java.util.Arrays.copyOf(whole, 150)));
    assertThrows(ElfFormatException.class, () -> parse(java.util.Arrays.copyOf(whole, 90)));
  }

  private static List<Entry> parse(byte[] file) throws ElfFormatException {
    return LinkerCacheFile.parse(ByteBuffer.wrap(file), "amd64");
  }
}
