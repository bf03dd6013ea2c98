/** PipelineRuns and their triggers, as Pipelines-as-Code reads them. */
@NullMarked
package io.bpfman.nudge.core.pac;

import org.jspecify.annotations.NullMarked;
