/** Tenants: accounts, their API keys, and who a request comes from. */
@ApplicationModule(allowedDependencies = {"web"})
@NullMarked
package dev.muster.account;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
