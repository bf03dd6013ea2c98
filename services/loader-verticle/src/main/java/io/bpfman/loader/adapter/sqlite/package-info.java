/** The durable records of the daemon in one SQLite file. */
@NullMarked
package io.bpfman.loader.adapter.sqlite;

import org.jspecify.annotations.NullMarked;
