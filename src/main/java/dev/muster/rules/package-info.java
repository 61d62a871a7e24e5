/**
 * What a tenant writes to say which work goes where, and what it means.
 *
 * <p>Tenant text becomes a closed, bounded tree and never code:
 *
 * <ul>
 *   <li>{@link dev.muster.rules.Expression} is the expression language: parsed, tested against a
 *       {@link dev.muster.rules.Scope}, folded as far as one side is known;
 *   <li>{@link dev.muster.rules.Attributes} is the JSON object of a task or worker it reads;
 *   <li>{@link dev.muster.rules.OrderBy} ranks workers;
 *   <li>{@link dev.muster.rules.Instruction} is a workflow's configuration document;
 *   <li>{@link dev.muster.rules.CompiledInstruction} is one immutable version of it in the rule
 *       engine, which answers the one question asked of it for each task, <em>which filter comes
 *       first</em>, with a {@link dev.muster.rules.Decision};
 *   <li>{@link dev.muster.rules.Policies} are the operator's own rules, applied to each step that
 *       the instruction gave a task;
 *   <li>{@link dev.muster.rules.Trace} and {@link dev.muster.rules.InstructionTrace} say why an
 *       expression or an instruction answered so, {@link dev.muster.rules.Lint} what an instruction
 *       probably does not mean.
 * </ul>
 *
 * <p>The package knows no clock, no database and no neighbour. Everything public is immutable and
 * safe to share between threads. Refusals are unchecked exceptions made for the person who wrote
 * the text: {@link dev.muster.rules.ExpressionError}, {@link dev.muster.rules.InstructionError},
 * {@link dev.muster.rules.AttributesError}, {@link dev.muster.rules.PolicyError}.
 *
 * <p>Values are plain Java: {@code null}, {@link java.lang.Boolean}, {@link java.lang.String},
 * {@link java.math.BigDecimal} without trailing zeros (so equal numbers are equal objects),
 * unmodifiable {@link java.util.List} and {@link java.util.Map}. A type is non-null unless it says
 * {@code @Nullable}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.muster.rules;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
