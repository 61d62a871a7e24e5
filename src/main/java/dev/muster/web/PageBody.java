package dev.muster.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private PageBody() {}

  /**
   * Answers the page; the filters of the present request are kept in the addresses of its
   * neighbours.
   */
  public static Map<String, Object> of(String key, Page<?> page, BaseUrl base) {
    var list = addressOfList(base);
    var request = page.request();
    var first = page.firstSid();
    var last = page.lastSid();
    var meta =
        new Meta(
            request.number(),
            request.size(),
            key,
            address(list, request, request.number(), token(request)),
            address(list, request, 0, null),
            first == null
                ? null
                : address(list, request, Math.max(0, request.number() - 1), "PB" + first),
            last == null ? null : address(list, request, request.number() + 1, "PA" + last));
    var body = new LinkedHashMap<String, Object>();
    body.put("meta", meta);
    body.put(key, List.copyOf(page.items()));
    return body;
  }

  private static @Nullable String token(PageRequest request) {
    if (request.after() != null) {
      return "PA" + request.after();
    }
    return request.before() == null ? null : "PB" + request.before();
  }

  private static UriComponentsBuilder addressOfList(BaseUrl base) {
    var present = ServletUriComponentsBuilder.fromCurrentRequest().build();
    var list = UriComponentsBuilder.fromUriString(base + present.getPath());
    present
        .getQueryParams()
        .forEach(
            (name, values) -> {
              if (!name.equals("PageSize") && !name.equals("Page") && !name.equals("PageToken")) {
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
