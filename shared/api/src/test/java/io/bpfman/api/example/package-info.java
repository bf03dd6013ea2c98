/** How a program uses bpfman in a cluster; the tests run it. */
@NullMarked
package io.bpfman.api.example;

import org.jspecify.annotations.NullMarked;
