-- The job that sends a message just now: while that job runs, no other one sends it.
ALTER TABLE delivery ADD COLUMN claimed_by_job bigint;
