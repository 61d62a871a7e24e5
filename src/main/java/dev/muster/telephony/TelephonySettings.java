package dev.muster.telephony;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param answerWithin how long the Calls API may take for each request; a connection takes up to
 *     three of them
 */
@ConfigurationProperties("muster.telephony")
record TelephonySettings(@DefaultValue("5s") Duration answerWithin) {}
