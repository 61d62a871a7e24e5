/** What callers see: the running service, driven by the official SDK as any customer drives it. */
package dev.muster.acceptance;
