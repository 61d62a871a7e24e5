package dev.muster.event;

import java.util.List;

/** Events of these types were recorded in a workspace. Published inside the transaction. */
record EventsRecorded(String workspaceSid, List<String> types) {}
