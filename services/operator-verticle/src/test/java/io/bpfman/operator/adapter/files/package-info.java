@NullMarked
package io.bpfman.operator.adapter.files;

import org.jspecify.annotations.NullMarked;
