package dev.muster.proof;

/** What a call is answered: the status, and the code of a refusal (0 for none). */
record Reply(int status, int code) {

  static final Reply OK = new Reply(200, 0);
  static final Reply CREATED = new Reply(201, 0);
  static final Reply DELETED = new Reply(204, 0);
  static final Reply REFUSED = new Reply(400, 20001);
  static final Reply NOT_FOUND = new Reply(404, 20404);
  static final Reply GONE = new Reply(410, 20410);
  static final Reply STALE = new Reply(412, 20412);

  boolean successful() {
    return code == 0;
  }
}
