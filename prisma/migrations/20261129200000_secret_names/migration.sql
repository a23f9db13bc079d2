-- Channels read only variables whose names begin with TIDEMARK_SECRET_: {"env": "PAGERDUTY_KEY"} becomes
-- {"env": "TIDEMARK_SECRET_PAGERDUTY_KEY"}, and the operator renames the variable.
UPDATE channel
   SET spec = regexp_replace(spec::text, '\{"env": "(?!TIDEMARK_SECRET_)([A-Za-z_][A-Za-z0-9_]*)"\}',
                             '{"env": "TIDEMARK_SECRET_\1"}', 'g')::jsonb
 WHERE spec::text ~ '\{"env": "(?!TIDEMARK_SECRET_)';
