package dev.muster.event;

import java.util.List;

/** Events of these types were recorded. Published inside the transaction. */
record EventsRecorded(List<String> types) {}
