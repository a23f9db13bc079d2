-- An excuse counts once it is approved. Those made before approvals existed were in force at once.
ALTER TABLE slo_excuse ADD COLUMN approved_at timestamptz(3), ADD COLUMN approved_by text;
UPDATE slo_excuse SET approved_at = created_at, approved_by = created_by;
ALTER TABLE slo_excuse ADD CONSTRAINT slo_excuse_approved CHECK ((approved_at IS NULL) = (approved_by IS NULL));

-- Which act of a person made a day be added up again: what it restates is listed as one change, however many types and days it touches.
ALTER TABLE slo_dirty_day ADD COLUMN act text;
ALTER TABLE slo_restatement ADD COLUMN act text;
