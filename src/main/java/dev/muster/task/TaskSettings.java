package dev.muster.task;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param askAgainAfter how long a worker who declined a task, or let its offer lapse, is not asked
 *     again for it; others are asked at once
 */
@ConfigurationProperties("muster.task")
record TaskSettings(@DefaultValue("10s") Duration askAgainAfter) {}
