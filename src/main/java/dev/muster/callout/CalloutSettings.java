package dev.muster.callout;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param allowedNetworks networks that tenants' addresses may lie in though they are not public, as
 *     in {@code 10.1.0.0/16,fd12:3456::/32}
 * @param connectTimeout how long the look-up of a name, the connection to an address, and the
 *     agreement on TLS may take each
 * @param largestAnswer how much of an answer is read
 * @param userAgent how the requests say who sends them
 */
@ConfigurationProperties("muster.callout")
record CalloutSettings(
    @DefaultValue List<String> allowedNetworks,
    @DefaultValue("2s") Duration connectTimeout,
    @DefaultValue("64KB") DataSize largestAnswer,
    @DefaultValue("Muster") String userAgent) {}
