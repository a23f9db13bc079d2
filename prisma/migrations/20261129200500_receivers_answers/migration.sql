-- What a receiver answered stands apart from Tidemark's words about it: not everybody who may read may read that too.
ALTER TABLE delivery_attempt ADD COLUMN response text;
UPDATE delivery_attempt
   SET response = substr(detail, 11), detail = left(detail, 8)
 WHERE detail ~ '^HTTP \d{3}: ' AND detail !~ 'Redirects are not followed';
