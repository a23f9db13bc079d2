-- What a verdict says of each expected datacenter, one row each with named columns. It was a list of positional tuples in
-- verdict.evidence. Counts that would pass bigint stand at its end.
CREATE TABLE verdict_lane (
  hour timestamptz(3) NOT NULL,
  event_type_id integer NOT NULL,
  datacenter_id integer NOT NULL,
  closed_at timestamptz(3),
  -- As it stood when the lane was judged last; of a closed lane, when it closed.
  watermark timestamptz(3),
  produced bigint CHECK (produced >= 0),
  published bigint CHECK (published >= 0),
  delivered bigint NOT NULL CHECK (delivered >= 0),
  -- Null where the type expects no reporters by name.
  reporters_expected integer,
  reporters_missing integer,
  known boolean NOT NULL,
  PRIMARY KEY (event_type_id, hour, datacenter_id)
) PARTITION BY RANGE (hour);
-- Some hours of every type at once: the board, peers of a late hour.
CREATE INDEX verdict_lane_hour_idx ON verdict_lane (hour);

-- What was lost and duplicated follows from the counts, here alone. An unknown produced count is never zero: nothing is lost or
-- duplicated against it. Counts are not negative, so their difference always fits a bigint; sums of bigints are numeric.
CREATE VIEW lane_figures AS
SELECT l.event_type_id, l.hour, l.datacenter_id, d.name AS datacenter, l.closed_at, l.watermark, l.known,
       l.produced, l.published, l.delivered, l.reporters_expected, l.reporters_missing,
       CASE WHEN l.produced > l.delivered THEN l.produced - l.delivered ELSE 0 END AS lost,
       CASE WHEN l.delivered > l.produced THEN l.delivered - l.produced ELSE 0 END AS duplicated
  FROM verdict_lane l
  JOIN datacenter d ON d.id = l.datacenter_id;

-- A partition for each that verdict has, filled before its indexes are built (attaching builds them). No closing is before the
-- hour's end. `least` and `greatest` pass over nulls, so nulls are left out first.
DO $$
DECLARE
  part record;
BEGIN
  FOR part IN
    SELECT child.relname AS verdicts, 'verdict_lane' || substr(child.relname, length('verdict') + 1) AS lanes,
           pg_get_expr(child.relpartbound, child.oid) AS bound
      FROM pg_inherits i JOIN pg_class child ON child.oid = i.inhrelid
     WHERE i.inhparent = 'public.verdict'::regclass
     ORDER BY 1
  LOOP
    EXECUTE format('CREATE TABLE partitions.%I (LIKE public.verdict_lane INCLUDING CONSTRAINTS)', part.lanes);
    EXECUTE format(
      $fill$
      INSERT INTO partitions.%I (hour, event_type_id, datacenter_id, closed_at, watermark, produced, published, delivered, known)
      SELECT v.hour, v.event_type_id, d.id,
             CASE WHEN lane ->> 1 IS NOT NULL
                  THEN greatest(to_timestamp((lane ->> 1)::float8 / 1000), v.hour + interval '1 hour') END,
             to_timestamp((lane ->> 2)::float8 / 1000),
             CASE WHEN lane ->> 4 IS NOT NULL THEN least((lane ->> 4)::numeric, 9223372036854775807)::bigint END,
             CASE WHEN lane ->> 5 IS NOT NULL THEN least((lane ->> 5)::numeric, 9223372036854775807)::bigint END,
             least((lane ->> 6)::numeric, 9223372036854775807)::bigint,
             lane ->> 3 = '1'
        FROM partitions.%I v
       CROSS JOIN LATERAL jsonb_array_elements(v.evidence) AS e(lane)
        JOIN datacenter d ON d.name = lane ->> 0
      $fill$, part.lanes, part.verdicts);
    EXECUTE format('ALTER TABLE public.verdict_lane ATTACH PARTITION partitions.%I %s', part.lanes, part.bound);
  END LOOP;
END
$$;

-- Changing a column's type writes the table anew: the tuples' room comes back at once.
ALTER TABLE verdict
  DROP COLUMN evidence,
  ALTER COLUMN closed_at TYPE timestamptz(3)
    USING CASE WHEN closed_at < hour + interval '1 hour' THEN hour + interval '1 hour' ELSE closed_at END;

-- Revisions are read whole: objects with named keys. Counts beyond 2^53 stay the texts that they are.
CREATE FUNCTION pg_temp.name_lanes(evidence jsonb, hour_end timestamptz) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object(
           'name', lane -> 0,
           'closedAt', CASE WHEN lane ->> 1 IS NOT NULL
                            THEN greatest(to_timestamp((lane ->> 1)::float8 / 1000), hour_end)::timestamptz(3) END,
           'watermark', to_timestamp((lane ->> 2)::float8 / 1000)::timestamptz(3),
           'known', lane ->> 3 = '1', 'produced', lane -> 4, 'published', lane -> 5, 'delivered', lane -> 6)
           ORDER BY place), '[]')
    FROM jsonb_array_elements(evidence) WITH ORDINALITY AS e(lane, place)
$$;
ALTER TABLE verdict_revision
  ALTER COLUMN evidence TYPE jsonb USING pg_temp.name_lanes(evidence, hour + interval '1 hour'),
  ALTER COLUMN closed_at TYPE timestamptz(3)
    USING CASE WHEN closed_at < hour + interval '1 hour' THEN hour + interval '1 hour' ELSE closed_at END;
ALTER TABLE verdict_revision RENAME COLUMN evidence TO lanes;
