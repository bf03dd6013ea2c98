package io.bpfman.api.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A union: the bean has an enum field {@code type}, and for each of its constants a member named as
 * the constant in lower case, which must be there exactly when {@code type} says so. Gives one CEL
 * rule for each constant, in their order.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface MemberPerType {}
