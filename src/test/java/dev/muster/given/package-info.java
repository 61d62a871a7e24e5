/** What tests start from: a running service, two tenants, moved time. */
package dev.muster.given;
