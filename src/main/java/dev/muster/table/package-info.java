/**
 * A workflow's instruction as a decision table, for people who would rather fill in a spreadsheet
 * than write JSON.
 *
 * <pre>
 * spreadsheet  ⇄  {@link dev.muster.table.Grid}  ⇄  configuration document  →  Workflows
 * (CSV, XLSX)      cells of text                    (JSON)
 * </pre>
 *
 * <p>A row is a filter or a further target of the filter above; a heading such as {@code channel
 * ==} makes its column a condition, and an empty cell is no condition. What columns cannot say, an
 * instruction keeps in the columns {@code expression} and {@code more}, so that every document
 * comes back from its table as an equal instruction. {@code rules/tables} tells analysts how a
 * table reads.
 *
 * <p>Cells are data. A cell becomes a literal of the expression language or text that its parser
 * must accept, never a formula, and a cell's text means the same in both formats. Files are read
 * within bounds of size, and refusals name sheet and cell.
 *
 * <p>A type is non-null unless it says {@code @Nullable}. Rows count from 1, columns from 0.
 */
@ApplicationModule(allowedDependencies = {"web", "account", "workspace", "workflow", "rules"})
@NullMarked
package dev.muster.table;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
