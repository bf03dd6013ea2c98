package io.bpfman.loader.daemon;

import java.util.Random;

/** One way to maltreat a daemon. The same random numbers do the same. */
@FunctionalInterface
interface FuzzAttack {
  void run(FuzzLab lab, Random random) throws Exception;
}
