package dev.muster.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A paged query: fixed SQL, filters that apply only when their value came, and an order that always
 * ends with the sid, so that a page is found by the row before it and never by an offset.
 */
public final class Listing<T> {

  private static final int BATCH = 1000;

  private record Order(String column, boolean ascending) {}

  private final JdbcClient jdbc;
  private final String select;
  private final String sidColumn;
  private final RowMapper<T> mapper;
  private final StringBuilder where = new StringBuilder();
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final List<Order> orders = new ArrayList<>();

  private Listing(JdbcClient jdbc, String select, String sidColumn, RowMapper<T> mapper) {
    this.jdbc = jdbc;
    this.select = select;
    this.sidColumn = sidColumn;
    this.mapper = mapper;
  }

  /**
   * A list over {@code select}, which ends with a WHERE clause that names the tenant.
   *
   * @param sidColumn the column of the items' sids; the last order of every list
   */
  public static <T> Listing<T> of(
      JdbcClient jdbc, String select, String sidColumn, RowMapper<T> mapper) {
    return new Listing<>(jdbc, select, sidColumn, mapper);
  }

  public Listing<T> with(String parameter, Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Narrows the list by {@code condition}, which reads {@code :parameter}, if a value came. */
  public Listing<T> filter(String condition, String parameter, @Nullable Object value) {
    if (value != null && !"".equals(value)) {
      where.append(" AND ").append(condition);
      parameters.put(parameter, value);
    }
    return this;
  }

  /**
   * Orders by {@code column} before what was not ordered yet; it must be a column of the select and
   * not null.
   */
  public Listing<T> orderBy(String column, boolean ascending) {
    orders.add(new Order(column, ascending));
    return this;
  }

  /** Reads one page. */
  public Page<T> page(PageRequest request, Function<T, String> sid) {
    return cut(rows(request, request.size() + 1), request, sid);
  }

  /**
   * Reads one page of those items that satisfy a condition SQL cannot express. Reads on, in
   * batches, until the page is full or the list has ended.
   */
  public Page<T> page(PageRequest request, Function<T, String> sid, Predicate<T> condition) {
    var found = new ArrayList<T>();
    var from = request;
    List<T> batch;
    do {
      batch = rows(from, BATCH);
      batch.stream().filter(condition).forEach(found::add);
      from = batch.isEmpty() ? from : from.beyond(sid.apply(batch.getLast()));
    } while (batch.size() == BATCH && found.size() <= request.size());
    return cut(found, request, sid);
  }

  private List<T> rows(PageRequest request, int limit) {
    var all = new ArrayList<>(orders);
    all.add(new Order(sidColumn, orders.isEmpty() || orders.getLast().ascending()));
    var neighbour = request.backwards() ? request.before() : request.after();
    var sql = new StringBuilder(select).append(where);
    if (neighbour != null) {
      sql.append(" AND ").append(beyond(all, request.backwards()));
      parameters.put("neighbour", neighbour);
      orders.forEach(order -> parameters.put(key(order), valueOf(order, neighbour)));
    }
    sql.append(" ORDER BY ");
    sql.append(
        String.join(
            ", ",
            all.stream()
                .map(o -> o.column() + (o.ascending() != request.backwards() ? " ASC" : " DESC"))
                .toList()));
    sql.append(" LIMIT ").append(limit);
    return jdbc.sql(sql.toString()).params(parameters).query(mapper).list();
  }

  private Page<T> cut(List<T> rows, PageRequest request, Function<T, String> sid) {
    var more = rows.size() > request.size();
    var items = new ArrayList<>(more ? rows.subList(0, request.size()) : rows);
    if (request.backwards()) {
      Collections.reverse(items);
    }
    var hasBefore = request.backwards() ? more : request.after() != null;
    var hasAfter = request.backwards() || more;
    return new Page<>(
        items,
        request,
        hasBefore && !items.isEmpty() ? sid.apply(items.getFirst()) : null,
        hasAfter && !items.isEmpty() ? sid.apply(items.getLast()) : null);
  }

  /**
   * Rows beyond the neighbour: (a > :a) OR (a = :a AND b > :b) OR … for orders of mixed direction.
   * The first order is bounded once more, so that an index finds where to begin.
   */
  private String beyond(List<Order> all, boolean backwards) {
    var alternatives = new ArrayList<String>();
    var equal = new StringBuilder();
    for (var order : all) {
      var comparison = order.ascending() != backwards ? " > :" : " < :";
      alternatives.add("(" + equal + order.column() + comparison + key(order) + ")");
      equal.append(order.column()).append(" = :").append(key(order)).append(" AND ");
    }
    var first = all.getFirst();
    var bound = first.column() + (first.ascending() != backwards ? " >= :" : " <= :") + key(first);
    return bound + " AND (" + String.join(" OR ", alternatives) + ")";
  }

  private String key(Order order) {
    return order.column().equals(sidColumn)
        ? "neighbour"
        : "neighbour_" + order.column().replace('.', '_');
  }

  private Object valueOf(Order order, String neighbour) {
    return jdbc.sql(
            "SELECT value FROM (%s) AS listed (value) LIMIT 1".formatted(valueSelect(order)))
        .params(parameters)
        .param("neighbour", neighbour)
        .query((row, number) -> row.getObject(1))
        .optional()
        .orElseThrow(
            () ->
                Refused.invalid(
                    "Expected PageToken to name an item of this list, but %s is no longer in it: start again from first_page_url",
                    neighbour));
  }

  private String valueSelect(Order order) {
    var from = select.indexOf("FROM ");
    return "SELECT "
        + order.column()
        + " "
        + select.substring(from)
        + " AND "
        + sidColumn
        + " = :neighbour";
  }
}
