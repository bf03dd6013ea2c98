package io.bpfman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.proto.v1.LoadRequest;
import org.junit.jupiter.api.Test;

class ProgramCommandsTest {
  private final CliHarness cli = new CliHarness();

  private void loadTwo() {
    assertEquals(
        0, cli.run("program", "load", "/x.o", "--programs", "kprobe:a,kretprobe:b").code());
  }

  @Test
  void loadSendsEverythingThatWasGiven() {
    CliHarness.Result result =
        cli.run(
            "program",
            "load",
            "file",
            "/x.o",
            "--programs",
            "kretprobe:a",
            "--programs",
            "fentry:b:do_unlinkat",
            "-m",
            "k=v",
            "-g",
            "limit=0x2a00",
            "-a",
            "app");
    assertEquals(0, result.code(), result.err());
    LoadRequest sent = (LoadRequest) cli.loader().changes().getFirst();
    assertEquals("/x.o", sent.getBytecode().getFile());
    assertEquals("v", sent.getMetadataMap().get("k"));
    assertEquals("app", sent.getMetadataMap().get("bpfman.io/application"));
    assertEquals("kretprobe", sent.getMetadataMap().get("bpfman.io/actual-type:a"));
    assertEquals(0x2a, sent.getGlobalDataMap().get("limit").byteAt(0));
    assertEquals("do_unlinkat", sent.getInfo(1).getInfo().getFentryLoadInfo().getFnName());
  }

  @Test
  void loadAnswersRecordsAndStatuses() {
    String json = cli.run("program", "load", "/x.o", "--programs", "xdp:a", "-o", "json").out();
    assertTrue(
        json.startsWith(
            "{\n  \"programs\": [\n    {\n      \"record\": {\n        \"program_id\": 101,"),
        json);
    assertTrue(
        json.contains("\n      \"status\": {\n        \"kernel\": {\n          \"id\": 101,"),
        json);
    assertTrue(json.endsWith("}\n"), json);
  }

  @Test
  void anEmptyListPrintsNothingAndEmptyJson() {
    assertEquals("", cli.run("program", "list").out());
    assertEquals("{\n  \"programs\": []\n}\n", cli.run("program", "list", "-o", "json").out());
  }

  @Test
  void theListHasAnApplicationColumnOnlyWhenThereIsOne() {
    cli.run("program", "load", "/x.o", "--programs", "kretprobe:b");
    assertEquals(
        """
        PROGRAM ID  TYPE       FUNCTION NAME  LINK IDS
        101         kretprobe  b
        """,
        cli.run("program", "list").out());
    cli.run("program", "load", "/y.o", "--programs", "uretprobe:c", "-a", "app");
    cli.run("link", "attach", "uprobe", "102", "libc", "-f", "malloc");
    assertEquals(
        """
        PROGRAM ID  APPLICATION  TYPE       FUNCTION NAME  LINK IDS
        101                      kretprobe  b
        102         app          uretprobe  c              1
        """,
        cli.run("program", "list").out());
  }

  @Test
  void filtersOfTheListCombine() {
    loadTwo();
    cli.run("link", "attach", "kretprobe", "102", "do_exit");
    assertEquals("102\n", cli.run("program", "list", "-q", "--attached").out());
    assertEquals("101\n", cli.run("program", "list", "-q", "--unattached").out());
    assertEquals("102\n", cli.run("program", "list", "-q", "--type", "kretprobe").out());
    assertEquals("", cli.run("program", "list", "-q", "--application", "x").out());
    assertEquals("", cli.run("program", "list", "-q", "-m", "k=v").out());
  }

  @Test
  void getShowsSpecStatusAndLinks() {
    loadTwo();
    cli.run("link", "attach", "kprobe", "101", "do_exit");
    String text = cli.run("program", "get", "101").out();
    assertTrue(text.startsWith("Program 101:\n  Spec:\n    Name:"), text);
    assertTrue(text.contains("Links:\n      1: kprobe do_exit, attached\n"), text);
    assertTrue(text.contains("Path:         /x.o\n"), text);
  }

  @Test
  void getOfAnUnknownProgramFails() {
    CliHarness.Result result = cli.run("program", "get", "7");
    assertEquals(1, result.code());
    assertEquals("bpfman: program 7 does not exist\n", result.err());
  }

  @Test
  void replaceMovesLinksToTheNewProgramsAndSaysWhoIsWho() {
    cli.run("program", "load", "/x.o", "--programs", "xdp:a,tracepoint:gone", "-m", "k=v");
    cli.run("link", "attach", "xdp", "101", "eth0", "-p", "50");
    CliHarness.Result result =
        cli.run(
            "program", "replace", "/y.o", "--id", "101,102", "--programs", "tracepoint:b,xdp:a");
    assertEquals(0, result.code(), result.err());
    assertEquals(
        """
        FUNCTION NAME  OLD PROGRAM ID  PROGRAM ID  LINK IDS
        b                              103
        a              101             104         1
        gone           102
        """,
        result.out());
    assertEquals("103\n104\n", cli.run("program", "list", "-q", "-m", "k=v").out());
  }

  @Test
  void replaceByMetadataAnswersJson() {
    cli.run("program", "load", "/x.o", "--programs", "xdp:a", "-m", "k=v");
    cli.run("link", "attach", "xdp", "101", "eth0", "-p", "50");
    cli.loader().losePin(1);
    String json =
        cli.run("program", "replace", "/y.o", "--where", "k=v", "--programs", "xdp:a", "-o", "json")
            .out();
    assertTrue(
        json.startsWith(
            """
            {
              "replaced": [
                {
                  "name": "a",
                  "old_program_id": 101,
                  "program_id": 102,
                  "link_ids": [],
                  "lost_link_ids": [
                    1
                  ]
                }
              ],
              "programs": [
            """),
        json);
  }

  @Test
  void replaceWithoutOldProgramsOrWithBothWordsForThemIsAUsageError() {
    String[] words = {"program", "replace", "/y.o", "--programs", "xdp:a"};
    assertEquals(80, cli.run(words).code());
    assertEquals(
        80,
        cli.run("program", "replace", "/y.o", "--programs", "xdp:a", "--id", "1", "--where", "a=b")
            .code());
    assertEquals(80, cli.run("program", "replace", "--programs", "xdp:a", "--id", "1").code());
    assertEquals(
        80, cli.run("program", "replace", "/y.o", "--programs", "xdp:a", "--id", "0").code());
  }

  @Test
  void replaceOfAnUnknownProgramFailsAndADaemonWithoutItSaysSo() {
    String[] words = {"program", "replace", "/y.o", "--id", "7", "--programs", "xdp:a"};
    CliHarness.Result unknown = cli.run(words);
    assertEquals(1, unknown.code());
    assertTrue(unknown.err().startsWith("bpfman: there are no such programs"), unknown.err());
    cli.loader().setExtensionMissing(true);
    assertEquals("bpfman: this server has no bpfman.x.v1\n", cli.run(words).err());
  }

  @Test
  void unloadGoesOnAfterAFailureAndCountsIt() {
    loadTwo();
    CliHarness.Result result = cli.run("program", "unload", "7", "101", "102");
    assertEquals(1, result.code());
    assertEquals("", result.out());
    assertEquals("", cli.run("program", "list").out());
    assertEquals("program 7: program 7 does not exist\n1 of 3 programs failed\n", result.err());
    assertEquals(0, cli.run("program", "unload", "7", "--ignore-missing").code());
  }

  @Test
  void aServerWithoutExtensionStillListsPrograms() {
    loadTwo();
    cli.loader().setExtensionMissing(true);
    CliHarness.Result result = cli.run("program", "list", "-q");
    assertEquals("101\n102\n", result.out());
  }

  @Test
  void selectorsAreThoseOfKubectl() {
    cli.run("program", "load", "/x.o", "--programs", "xdp:a", "-m", "tier=front", "-m", "x/y=1");
    cli.run("program", "load", "/x.o", "--programs", "xdp:b", "-m", "tier=back");
    cli.run("program", "load", "/x.o", "--programs", "xdp:c");
    assertEquals("101\n102\n", cli.run("program", "list", "-q", "-l", "tier").out());
    assertEquals("103\n", cli.run("program", "list", "-q", "-l", "!tier").out());
    assertEquals("101\n", cli.run("program", "list", "-q", "-l", "tier=front,x/y==1").out());
    assertEquals("102\n103\n", cli.run("program", "list", "-q", "-l", "tier!=front").out());
    assertEquals(
        "101\n102\n", cli.run("program", "list", "-q", "-l", "tier in (front, back)").out());
    assertEquals("103\n", cli.run("program", "list", "-q", "-l", "tier notin (front,back)").out());
    assertEquals(80, cli.run("program", "list", "-q", "-l", "tier=(").code());
  }
}
