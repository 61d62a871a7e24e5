package dev.muster.channel;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** The answer to a request within another: its body and status are kept from the outer caller. */
final class InnerResponse extends ContentCachingResponseWrapper {

  private int status = SC_OK;

  InnerResponse(HttpServletResponse outer) {
    super(outer);
  }

  @Override
  public void setStatus(int status) {
    this.status = status;
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public void sendError(int status) {
    this.status = status;
  }

  @Override
  public void sendError(int status, @Nullable String message) {
    this.status = status;
  }
}
