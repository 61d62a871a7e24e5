package dev.muster.proof;

import jakarta.servlet.Filter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** Calls a node past its port, which is what most of a call would cost; all behind it is real. */
final class InProcess implements Client {

  private final MockMvc web;
  private final String authorization;

  private InProcess(MockMvc web, String authorization) {
    this.web = web;
    this.authorization = authorization;
  }

  static MockMvc webOf(WebApplicationContext context) {
    return MockMvcBuilders.webAppContextSetup(context)
        .addFilters(context.getBean("springSecurityFilterChain", Filter.class))
        .build();
  }

  static InProcess as(MockMvc web, String user, String password) {
    var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new InProcess(web, "Basic " + Base64.getEncoder().encodeToString(credentials));
  }

  @Override
  public Answer send(Request request) {
    var call =
        MockMvcRequestBuilders.request(HttpMethod.valueOf(request.method()), request.path())
            .header("Authorization", authorization)
            .contentType("application/x-www-form-urlencoded");
    if (request.ifMatch() != null) {
      call.header("If-Match", request.ifMatch());
    }
    for (var i = 0; i < request.form().size(); i += 2) {
      call.param(request.form().get(i), request.form().get(i + 1));
    }
    try {
      var response = web.perform(call).andReturn().getResponse();
      return Answer.of(response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(request + " failed", e);
    }
  }
}
