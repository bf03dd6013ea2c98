package io.bpfman.loader.adapter.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bpfman.model.AttachSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracepointsTest {
  private static final List<String> ALL =
      List.of(
          "iommu/map",
          "kmem/kfree",
          "schedule/nope",
          "sched/sched_process_exec",
          "sched/sched_move_numa",
          "sched/sched_switch",
          "sched/sched_wakeup");

  @Test
  void namesOfAnExistingGroupAreSuggestedThoughOthersAreNearer() {
    List<String> near = near("sched", "nope");
    assertEquals(3, near.size());
    assertTrue(near.stream().allMatch(name -> name.startsWith("sched/")), near::toString);
  }

  @Test
  void theNearestOfTheGroupComesFirst() {
    assertEquals("sched/sched_process_exec", near("sched", "sched_proces_exec").getFirst());
  }

  @Test
  void theNearestOfAllAreSuggestedWhereTheGroupDoesNotExist() {
    assertEquals("sched/sched_switch", near("shed", "sched_switch").getFirst());
    assertEquals("kmem/kfree", near("kmen", "kfre").getFirst());
  }

  private static List<String> near(String group, String name) {
    return Tracepoints.near(new AttachSpec.Tracepoint(group, name), ALL);
  }
}
