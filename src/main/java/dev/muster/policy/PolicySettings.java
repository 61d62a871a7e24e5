package dev.muster.policy;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param folder where the files with policies are; must exist if it is given. Unless it is, {@code
 *     rules/policy} below the working directory, which may be missing
 * @param lookEvery how often a node looks whether the files have changed; a change is in force
 *     after two looks that saw the same
 */
@ConfigurationProperties("muster.policy")
record PolicySettings(@DefaultValue("") String folder, @DefaultValue("2s") Duration lookEvery) {}
