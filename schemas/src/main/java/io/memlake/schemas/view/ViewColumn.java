package io.memlake.schemas.view;

/**
 * One column of a view.
 *
 * @param name its name, with whatever characters the other tool uses
 * @param expression SQL over the columns of the tables, the same in every dialect
 * @param hex whether people read its values as unsigned hex digits
 */
public record ViewColumn(String name, String expression, boolean hex) {}
