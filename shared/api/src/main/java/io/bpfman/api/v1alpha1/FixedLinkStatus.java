package io.bpfman.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;

/** State of an fentry or fexit link. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public class FixedLinkStatus extends LinkStatus {}
