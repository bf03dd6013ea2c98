package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void serveHandsItsFlagsToTheDaemonAsTheyAre() {
    assertEquals(
        Optional.of(List.of("--runtime-dir", "/r", "--unknown")),
        Words.daemonArguments(List.of("serve", "--runtime-dir", "/r", "--unknown")));
  }

  @Test
  void helpOfServeIsTheDaemons() {
    assertEquals(Optional.of(List.of("--help")), Words.daemonArguments(List.of("help", "serve")));
  }

  @Test
  void flagsBeforeServeAreKept() {
    assertEquals(
        Optional.of(List.of("--runtime-dir", "/r", "--socket-path", "/s")),
        Words.daemonArguments(List.of("--runtime-dir", "/r", "serve", "--socket-path", "/s")));
  }

  @Test
  void csiSupportAloneStartsTheDaemon() {
    assertEquals(
        Optional.of(List.of("--csi-support")), Words.daemonArguments(List.of("--csi-support")));
  }

  @Test
  void aValueThatReadsServeStartsNothing() {
    assertEquals(
        Optional.empty(), Words.daemonArguments(List.of("--socket-path", "serve", "program")));
    assertEquals(Optional.empty(), Words.daemonArguments(List.of("delete", "serve")));
    assertEquals(Optional.empty(), Words.daemonArguments(List.of()));
  }

  @Test
  void aNounWithoutVerbLists() {
    assertEquals(List.of("program", "list"), Words.withDefaultVerbs(List.of("program")));
    assertEquals(
        List.of("--socket-path", "/s", "link", "list", "-o", "json"),
        Words.withDefaultVerbs(List.of("--socket-path", "/s", "link", "-o", "json")));
  }

  @Test
  void helpOfANounIsNotItsList() {
    assertEquals(
        List.of("program", "--help"), Words.withDefaultVerbs(List.of("program", "--help")));
    assertEquals(
        List.of("program", "load", "--help"),
        Words.withDefaultVerbs(List.of("help", "program", "load")));
  }

  @Test
  void loadWithoutSourceReadsAFile() {
    assertEquals(
        List.of("program", "load", "file", "x.o"),
        Words.withDefaultVerbs(List.of("program", "load", "x.o")));
    assertEquals(
        List.of("program", "load", "image", "quay.io/x"),
        Words.withDefaultVerbs(List.of("program", "load", "image", "quay.io/x")));
  }

  @Test
  void helpIsAWordBehindGlobalFlagsToo() {
    assertEquals(
        List.of("--socket-path", "/s", "link", "--help"),
        Words.withDefaultVerbs(List.of("--socket-path", "/s", "help", "link")));
    assertEquals(List.of("--help"), Words.withDefaultVerbs(List.of("help")));
  }
}
