/** What the HTTP servers of all services have in common. */
@NullMarked
package io.bpfman.runtime.http;

import org.jspecify.annotations.NullMarked;
