package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bpfman.loader.adapter.libbpf.InterfaceTable.Facts;
import io.bpfman.loader.port.InterfaceChange;
import io.bpfman.loader.port.InterfaceChange.What;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterfaceTableTest {
  private static final Facts ETH0 = new Facts(2, "eth0", true);

  private final InterfaceTable table = new InterfaceTable("/run/netns/x");

  @BeforeEach
  void begin() {
    table.begin(List.of(ETH0));
  }

  private static InterfaceChange change(What what, Facts facts, String oldName) {
    return new InterfaceChange(
        what, "/run/netns/x", facts.index(), facts.name(), oldName, facts.up());
  }

  @Test
  void messageThatChangesNothingIsNoChange() {
    assertEquals(List.of(), table.seen(ETH0));
    assertEquals(List.of(), table.gone(77));
  }

  @Test
  void newRenamedDownAndGoneAreTold() {
    Facts eth1 = new Facts(3, "eth1", false);
    assertEquals(List.of(change(What.APPEARED, eth1, "")), table.seen(eth1));
    Facts renamedAndDown = new Facts(2, "wan", false);
    assertEquals(
        List.of(
            change(What.RENAMED, renamedAndDown, "eth0"), change(What.DOWN, renamedAndDown, "")),
        table.seen(renamedAndDown));
    assertEquals(List.of(change(What.GONE, renamedAndDown, "")), table.gone(2));
    assertEquals(List.of(), table.gone(2));
  }

  @Test
  void lostMessagesAreMadeUpForByComparing() {
    Facts again = new Facts(5, "eth0", true);
    assertEquals(
        List.of(
            change(What.GONE, new Facts(2, "eth0", false), ""), change(What.APPEARED, again, "")),
        table.compare(List.of(again)));
    assertEquals(List.of(), table.compare(List.of(again)));
  }

  @Test
  void namespaceThatGoesTakesAllAlong() {
    assertEquals(List.of(change(What.APPEARED, ETH0, "")), table.allAppeared());
    assertEquals(List.of(change(What.GONE, new Facts(2, "eth0", false), "")), table.allGone());
    assertEquals(List.of(), table.allGone());
  }
}
