package org.joda.time;

/** Stands in for Joda-Time's, which Beam's timestamps are. */
public final class Instant {
  private final long millis;

  public Instant(long millis) {
    this.millis = millis;
  }

  public long getMillis() {
    return millis;
  }
}
