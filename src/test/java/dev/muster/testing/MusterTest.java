package dev.muster.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/**
 * A whole Muster on a random port, with a database of its own on the PostgreSQL of this JVM, and
 * without Camunda.
 *
 * <p>Inject {@code @LocalServerPort int}, {@link SettableClock}, and {@link
 * dev.muster.local.Credentials} for the account it was started with. Classes with the same
 * configuration share one Muster and so its database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = OnPostgres.class)
public @interface MusterTest {}
