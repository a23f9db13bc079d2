-- Hours whose facts stay and whose terms changed: most keep their state, and are not judged from their facts again.
ALTER TABLE hour_task DROP CONSTRAINT hour_task_action_check;
ALTER TABLE hour_task ADD CONSTRAINT hour_task_action_check CHECK (action IN ('create', 'judge', 'retime', 'delete'));
