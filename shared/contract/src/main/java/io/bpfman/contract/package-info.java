/** What the services say to one another: the loader's interface, bus addresses and signatures. */
@NullMarked
package io.bpfman.contract;

import org.jspecify.annotations.NullMarked;
