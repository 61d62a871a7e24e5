/**
 * The wire: what every resource of the TaskRouter v1 format has in common. Form and JSON binding,
 * sids, errors, paging, ETags and addresses. Knows no resource; every other module may use it.
 */
@ApplicationModule(
    type = ApplicationModule.Type.OPEN,
    allowedDependencies = {})
@NullMarked
package dev.muster.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
