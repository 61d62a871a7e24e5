package dev.muster.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a controller argument, a record, that is read from the request's parameters: a form, the
 * query string, or a JSON object with the same names.
 *
 * <p>Each component takes the parameter of its name in PascalCase. An absent parameter is {@code
 * null}; an empty one stays an empty text and is {@code null} for every other type. Constraints of
 * Jakarta Validation on the components are checked, and every failure is answered with 400, code
 * 20001 and what was expected and what came.
 *
 * <p>A component that is a record itself and marked {@code @Valid} is a group: its components take
 * the parameters of their own names, as if they stood in its place.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Form {}
