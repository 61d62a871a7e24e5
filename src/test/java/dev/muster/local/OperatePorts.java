package dev.muster.local;

import java.util.LinkedHashMap;
import java.util.Map;

/** The four ports of Operate and Tasklist and of the search engine beneath them. */
record OperatePorts(int web, int monitoring, int search, int searchTransport) {

  static final int COUNT = 4;

  /** Four ports in a row, that of the pages first. */
  static OperatePorts from(int first) {
    return new OperatePorts(first, first + 1, first + 2, first + 3);
  }

  static OperatePorts free() {
    var free = Ports.free(COUNT);
    return new OperatePorts(free.get(0), free.get(1), free.get(2), free.get(3));
  }

  Map<String, Integer> byPurpose() {
    var ports = new LinkedHashMap<String, Integer>();
    ports.put("Operate and Tasklist", web);
    ports.put("Operate and Tasklist (monitoring)", monitoring);
    ports.put("OpenSearch", search);
    ports.put("OpenSearch (transport)", searchTransport);
    return ports;
  }
}
