-- A stored secret is text, like every other: base64, or sealed with a key of the settings.
ALTER TABLE secret_key ALTER COLUMN secret TYPE text USING encode(secret, 'base64');
