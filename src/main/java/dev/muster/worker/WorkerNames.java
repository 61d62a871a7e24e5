package dev.muster.worker;

import java.util.HashMap;
import java.util.Map;

/** The names that expressions know of every worker beside the attributes. */
public final class WorkerNames {

  private WorkerNames() {}

  /** What they stand for, by what follows {@code worker.}; free for more to be added. */
  public static Map<String, Object> of(
      String sid, String friendlyName, String activitySid, String activityName) {
    var names = new HashMap<String, Object>();
    names.put("sid", sid);
    names.put("friendly_name", friendlyName);
    names.put("name", friendlyName);
    names.put("activity_sid", activitySid);
    names.put("activity_name", activityName);
    return names;
  }
}
