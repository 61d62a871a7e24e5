package dev.muster.telephony;

/** What a call goes through. */
public enum CallEvent {
  INITIATED("initiated"),
  RINGING("ringing"),
  ANSWERED("answered"),
  COMPLETED("completed");

  private final String wireName;

  CallEvent(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
