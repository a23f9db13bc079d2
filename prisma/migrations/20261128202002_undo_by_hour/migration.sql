-- Undoing goes by the same cursor as applying did: of one that is being undone just now it begins again.
UPDATE correction SET cursor_hour = NULL, cursor_event_type_id = NULL WHERE undone_at IS NOT NULL AND restored_at IS NULL;
