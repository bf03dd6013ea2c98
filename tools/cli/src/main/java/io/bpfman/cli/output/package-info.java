/** Text tables, detail trees and JSON, with no knowledge of what they show. */
@NullMarked
package io.bpfman.cli.output;

import org.jspecify.annotations.NullMarked;
