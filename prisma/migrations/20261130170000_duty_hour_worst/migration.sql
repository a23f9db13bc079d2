-- The longest that a duty was behind in the hour, and the last minute that was counted as behind: several processes observe, and a
-- minute counts once.
ALTER TABLE duty_hour
  ADD COLUMN worst_age_seconds INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN last_behind_minute TIMESTAMPTZ(3);
