package dev.muster.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param publicUrl the address that answers name in {@code url}, {@code links} and paging; absent:
 *     the request's own host. {@code https://taskrouter.twilio.com} lets an SDK that rebases its
 *     requests work behind any host name.
 * @param requestsPerSecond requests that one account may make per second on one node; more are
 *     answered with 429
 * @param searchesPerSecond searches by expression (TargetWorkersExpression, EvaluateTaskAttributes,
 *     EvaluateWorkerAttributes) that one account may make per second and kind on one node
 */
@ConfigurationProperties("muster.web")
record WebSettings(
    @Nullable String publicUrl,
    @DefaultValue("2000") int requestsPerSecond,
    @DefaultValue("3") int searchesPerSecond) {}
