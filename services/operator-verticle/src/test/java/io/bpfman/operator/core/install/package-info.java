/** What a Config asks for. */
@NullMarked
package io.bpfman.operator.core.install;

import org.jspecify.annotations.NullMarked;
