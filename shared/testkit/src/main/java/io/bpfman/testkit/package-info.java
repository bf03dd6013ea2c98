/** What tests of several modules share: rules about the code, and processes to test with. */
@NullMarked
package io.bpfman.testkit;

import org.jspecify.annotations.NullMarked;
