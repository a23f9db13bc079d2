-- Who moved a silence's end last; null: it ends as it was created.
ALTER TABLE silence ADD COLUMN extended_by text;
