package dev.muster.channel;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** A POST of a JSON form within another request, from which it has only what concerns the line. */
final class InnerRequest extends HttpServletRequestWrapper {

  private final Map<String, Object> attributes = new HashMap<>();
  private final Principal caller;
  private final String path;
  private final byte[] body;
  private final @Nullable String ifMatch;

  InnerRequest(
      HttpServletRequest outer,
      Principal caller,
      String path,
      byte[] body,
      @Nullable String ifMatch) {
    super(outer);
    this.caller = caller;
    this.path = path;
    this.body = body;
    this.ifMatch = ifMatch;
  }

  @Override
  public String getMethod() {
    return "POST";
  }

  @Override
  public String getRequestURI() {
    return getContextPath() + path;
  }

  @Override
  public StringBuffer getRequestURL() {
    return new StringBuffer(super.getRequestURL().toString().replace(super.getRequestURI(), ""))
        .append(getRequestURI());
  }

  @Override
  public String getServletPath() {
    return path;
  }

  @Override
  public @Nullable String getQueryString() {
    return null;
  }

  @Override
  public Principal getUserPrincipal() {
    return caller;
  }

  @Override
  public String getContentType() {
    return MediaType.APPLICATION_JSON_VALUE;
  }

  @Override
  public int getContentLength() {
    return body.length;
  }

  @Override
  public long getContentLengthLong() {
    return body.length;
  }

  @Override
  public @Nullable String getHeader(String name) {
    if (name.equalsIgnoreCase(HttpHeaders.IF_MATCH)) {
      return ifMatch;
    }
    return name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)
        ? getContentType()
        : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    if (name.equalsIgnoreCase(HttpHeaders.IF_MATCH)
        || name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
      var header = getHeader(name);
      return Collections.enumeration(header == null ? List.of() : List.of(header));
    }
    return super.getHeaders(name);
  }

  @Override
  public @Nullable String getParameter(String name) {
    return null;
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    return Map.of();
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.emptyEnumeration();
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return null;
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public Enumeration<String> getAttributeNames() {
    return Collections.enumeration(List.copyOf(attributes.keySet()));
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    if (value == null) {
      attributes.remove(name);
    } else {
      attributes.put(name, value);
    }
  }

  @Override
  public void removeAttribute(String name) {
    attributes.remove(name);
  }

  @Override
  public ServletInputStream getInputStream() {
    return new Body(new ByteArrayInputStream(body));
  }

  private static final class Body extends ServletInputStream {

    private final InputStream bytes;
    private boolean finished;

    Body(InputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
      var next = bytes.read();
      finished = next < 0;
      return next;
    }

    @Override
    public boolean isFinished() {
      return finished;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException("The whole body is here");
    }
  }
}
