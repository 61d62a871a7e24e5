package dev.muster.workspace;

import dev.muster.account.AccountSid;

/**
 * Whose request this is and which of their workspaces it is about. Controllers ask for it as an
 * argument; it exists only if the workspace belongs to the account, otherwise the request is
 * answered with 404.
 */
public record Tenant(AccountSid account, WorkspaceSid workspace) {}
