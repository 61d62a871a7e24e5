package dev.muster.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The answer to a list: the items under their key, and {@code meta} with every key that the SDKs
 * read.
 */
public final class PageBody {

  private record Meta(
      int page,
      int pageSize,
      String key,
      String url,
      String firstPageUrl,
      @Nullable String previousPageUrl,
      @Nullable String nextPageUrl) {}

  private static final Set<String> PAGING = Set.of("PageSize", "Page", "PageToken");

  private PageBody() {}

  /**
   * Answers the page; the filters of the present request are kept in the addresses of its
   * neighbours.
   */
  public static Map<String, Object> of(String key, Page<?> page, BaseUrl base) {
    var near = Neighbours.of(page, addressOfList(base.value()));
    var body = new LinkedHashMap<String, Object>();
    body.put(
        "meta",
        new Meta(
            page.request().number(),
            page.request().size(),
            key,
            near.self,
            near.first,
            near.previous,
            near.next));
    body.put(key, List.copyOf(page.items()));
    return body;
  }

  /** Answers the page as the 2010 API does: without {@code meta}, and with paths as addresses. */
  public static Map<String, Object> of2010(String key, Page<?> page) {
    var near = Neighbours.of(page, addressOfList(""));
    var body = new LinkedHashMap<String, Object>();
    body.put("page", page.request().number());
    body.put("page_size", page.request().size());
    body.put("uri", near.self);
    body.put("first_page_uri", near.first);
    body.put("previous_page_uri", near.previous);
    body.put("next_page_uri", near.next);
    body.put(key, List.copyOf(page.items()));
    return body;
  }

  private record Neighbours(
      String self, String first, @Nullable String previous, @Nullable String next) {

    static Neighbours of(Page<?> page, UriComponentsBuilder list) {
      var request = page.request();
      var first = page.firstSid();
      var last = page.lastSid();
      return new Neighbours(
          address(list, request, request.number(), token(request)),
          address(list, request, 0, null),
          first == null
              ? null
              : address(list, request, Math.max(0, request.number() - 1), "PB" + first),
          last == null ? null : address(list, request, request.number() + 1, "PA" + last));
    }
  }

  private static @Nullable String token(PageRequest request) {
    if (request.after() != null) {
      return "PA" + request.after();
    }
    return request.before() == null ? null : "PB" + request.before();
  }

  private static UriComponentsBuilder addressOfList(String base) {
    var present = ServletUriComponentsBuilder.fromCurrentRequest().build();
    var list = UriComponentsBuilder.fromUriString(base + present.getPath());
    present
        .getQueryParams()
        .forEach(
            (name, values) -> {
              if (!PAGING.contains(name)) {
                list.queryParam(name, values);
              }
            });
    return list;
  }

  private static String address(
      UriComponentsBuilder list, PageRequest request, int number, @Nullable String token) {
    var address =
        list.cloneBuilder().queryParam("PageSize", request.size()).queryParam("Page", number);
    if (token != null) {
      address.queryParam("PageToken", token);
    }
    return address.build(true).toUriString();
  }
}
