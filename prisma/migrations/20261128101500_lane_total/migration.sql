-- What a verdict reads of an hour's reports: one row a stage and landed hour, however many reporters counted.
CREATE TABLE lane_total (
  hour timestamptz(3) NOT NULL,
  landed_hour timestamptz(3) NOT NULL,
  event_type_id integer NOT NULL,
  datacenter_id integer NOT NULL,
  stage smallint NOT NULL CHECK (stage BETWEEN 1 AND 3),
  -- many reporters that each count as high as they may: beyond bigint, and exact
  events numeric NOT NULL,
  PRIMARY KEY (event_type_id, hour, datacenter_id, stage, landed_hour)
) PARTITION BY RANGE (hour);

-- What the last write added to the count: an upsert cannot return the row that it replaced.
ALTER TABLE report ADD COLUMN grown bigint NOT NULL DEFAULT 0;

DO $$
DECLARE
  month record;
BEGIN
  FOR month IN
    SELECT right(child.relname, 7) AS name, pg_get_expr(child.relpartbound, child.oid) AS bounds
      FROM pg_inherits i JOIN pg_class child ON child.oid = i.inhrelid
     WHERE i.inhparent = 'public.report'::regclass
     ORDER BY 1
  LOOP
    EXECUTE format('CREATE TABLE partitions.%I PARTITION OF public.lane_total %s', 'lane_total_' || month.name, month.bounds);
    -- a month at a time: the sums of one fit into memory
    EXECUTE format(
      'INSERT INTO public.lane_total (event_type_id, hour, datacenter_id, stage, landed_hour, events)
       SELECT event_type_id, hour, datacenter_id, stage, landed_hour, sum(events)
         FROM (SELECT event_type_id, hour, datacenter_id, stage, landed_hour, events FROM partitions.%I
                UNION ALL
               SELECT p.event_type_id, p.hour, p.datacenter_id, r.stage, coalesce(r.landed_hour, p.hour), r.events
                 FROM partitions.%I p,
                      unnest(p.stages, p.landed_hours, p.events) AS r(stage, landed_hour, events)) counted
        GROUP BY 1, 2, 3, 4, 5',
      'report_' || month.name, 'report_packed_' || month.name);
  END LOOP;
END $$;

ALTER TABLE report_packed
  DROP COLUMN produced, DROP COLUMN published, DROP COLUMN delivered, DROP COLUMN skewed;
