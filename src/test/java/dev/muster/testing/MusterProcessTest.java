package dev.muster.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * Like {@link MusterTest}, with the Camunda of this JVM, which is started for the first such test.
 * Inject {@link dev.muster.local.CamundaServer} to stop it and start it again; leave it running.
 *
 * <p>All these tests share one broker: job workers of two Musters would take each other's jobs, so
 * keep to one configuration.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = OnPostgresAndCamunda.class)
public @interface MusterProcessTest {}
