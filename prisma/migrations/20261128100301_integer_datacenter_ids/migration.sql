-- 32,767 names used up the smallserial, and every datacenter after them was refused for good.
-- The row types of partitioned tables change with their partitions: each table is rewritten once, under an exclusive lock.
ALTER TABLE datacenter ALTER COLUMN id TYPE integer;
ALTER SEQUENCE datacenter_id_seq AS integer;
ALTER TABLE report ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE report_packed ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE produced_hour ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE hour_marker ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE watermark ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE closing_step ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE component_instance ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE deployment ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE backlog ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE alert ALTER COLUMN datacenter_id TYPE integer;
ALTER TABLE volume_exclusion ALTER COLUMN datacenter_id TYPE integer;
