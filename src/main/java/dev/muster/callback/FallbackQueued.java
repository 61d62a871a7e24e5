package dev.muster.callback;

import dev.muster.workspace.WorkspaceSid;

/** A fallback is to be told; published inside the transaction. */
record FallbackQueued(WorkspaceSid workspace) {}
