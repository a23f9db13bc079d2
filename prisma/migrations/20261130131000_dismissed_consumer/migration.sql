-- A discovered job that someone said is no consumer: not suggested again, until that is taken back.
ALTER TABLE discovered_consumer
  ADD COLUMN dismissed_at timestamptz(3),
  ADD COLUMN dismissed_by text;
