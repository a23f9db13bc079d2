-- The glossary's words: a group's receiver is notified, an incident affects hours, the loop creates hours.
ALTER TABLE notification_group RENAME COLUMN told_firing TO notified_firing;
ALTER TABLE notification_group RENAME COLUMN told_resolved TO notified_resolved;
UPDATE incident_event SET kind = 'hours_affected' WHERE kind = 'hours_hurt';
UPDATE worker_turn SET turn = 'create-hours' WHERE turn = 'births';
