package dev.muster.workflow;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param compiledBytes memory, in bytes, that compiled workflow versions may take together on one
 *     node
 */
@ConfigurationProperties("muster.workflow")
record WorkflowSettings(@DefaultValue("268435456") long compiledBytes) {}
