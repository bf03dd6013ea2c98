/** Datagrams to the service manager that started the daemon. */
@NullMarked
package io.bpfman.loader.adapter.systemd;

import org.jspecify.annotations.NullMarked;
