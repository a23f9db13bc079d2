-- Teams own consumers too (rules and channels have their owner in `spec`), and limit tokens.
ALTER TABLE consumer ADD COLUMN owner text CHECK (owner <> '');
ALTER TABLE api_token ADD COLUMN teams text[] NOT NULL DEFAULT '{}';
