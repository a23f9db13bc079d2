-- Who changed a silence's fields last, other than by moving its end; null: they are as they were created.
ALTER TABLE silence ADD COLUMN updated_by text;
