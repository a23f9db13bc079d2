-- Until when an incident's notifications pause, who said so, and how severe it was then.
ALTER TABLE incident
  ADD COLUMN snoozed_until timestamptz(3),
  ADD COLUMN snoozed_by text,
  ADD COLUMN snoozed_severity text,
  ADD CHECK ((snoozed_until IS NULL) = (snoozed_by IS NULL) AND (snoozed_until IS NULL) = (snoozed_severity IS NULL));
CREATE INDEX incident_snoozed_idx ON incident (snoozed_until) WHERE snoozed_until IS NOT NULL;
