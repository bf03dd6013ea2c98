/** What every service process needs around its verticles. */
@NullMarked
package io.bpfman.runtime;

import org.jspecify.annotations.NullMarked;
