package dev.muster.web;

/**
 * The address under which the caller reaches this service, without a slash at its end: configured,
 * or taken from the request's host (and the proxy's {@code X-Forwarded-*} headers).
 */
public record BaseUrl(String value) {

  /** The address of a workspace, the start of every address inside it. */
  public String workspace(Object workspaceSid) {
    return value + "/v1/Workspaces/" + workspaceSid;
  }

  @Override
  public String toString() {
    return value;
  }
}
