package dev.muster.telephony;

/** What happens in a conference. */
public enum ConferenceEvent {
  START("start"),
  END("end"),
  JOIN("join"),
  LEAVE("leave"),
  MUTE("mute"),
  HOLD("hold"),
  SPEAKER("speaker");

  private final String wireName;

  ConferenceEvent(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
