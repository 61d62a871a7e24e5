package dev.muster.chaos;

/** What can be killed. */
enum Part {
  MUSTER("Muster"),
  POSTGRESQL("PostgreSQL"),
  BROKER("broker");

  private final String word;

  Part(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
