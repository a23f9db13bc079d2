-- Rows that say nothing without another one refer to it. Facts and queues do not: see docs/adr/0026.

-- A type whose tier is missing has no deadline, and no verdict: it is given the default.
UPDATE event_type t SET tier = 'normal' WHERE tier IS NOT NULL AND NOT EXISTS (SELECT FROM tier WHERE name = t.tier);
ALTER TABLE event_type ADD FOREIGN KEY (tier) REFERENCES tier ON UPDATE NO ACTION ON DELETE NO ACTION;

-- History: a type that has any cannot be deleted.
DELETE FROM slo_day o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM slo_month o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM slo_cause o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM slo_restatement o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM slo_terms_change o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM incident_hour o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM consumer o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM accepted_hour o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id)
                               OR NOT EXISTS (SELECT FROM correction WHERE id = o.correction_id);
ALTER TABLE slo_day ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION;
ALTER TABLE slo_month ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION;
ALTER TABLE slo_cause ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION;
ALTER TABLE slo_restatement ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION;
ALTER TABLE slo_terms_change ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION;
ALTER TABLE incident_hour ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION;
ALTER TABLE consumer ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION;
ALTER TABLE accepted_hour
  ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE NO ACTION,
  ADD FOREIGN KEY (correction_id) REFERENCES correction ON UPDATE NO ACTION ON DELETE NO ACTION;

-- What is computed from a row, or describes it: it goes with it.
DELETE FROM verdict_change o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM hour_task o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM forecast o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM forecast_sample o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
DELETE FROM volume_exclusion o WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id) AND event_type_id IS NOT NULL
                                  OR NOT EXISTS (SELECT FROM datacenter WHERE id = o.datacenter_id) AND datacenter_id IS NOT NULL;
DELETE FROM component_instance o WHERE NOT EXISTS (SELECT FROM datacenter WHERE id = o.datacenter_id);
DELETE FROM deployment o WHERE NOT EXISTS (SELECT FROM datacenter WHERE id = o.datacenter_id) AND datacenter_id IS NOT NULL;
DELETE FROM reporter_final o WHERE NOT EXISTS (SELECT FROM datacenter WHERE id = o.datacenter_id)
                                OR NOT EXISTS (SELECT FROM reporter WHERE id = o.reporter_id);
DELETE FROM subscription o WHERE NOT EXISTS (SELECT FROM consumer WHERE id = o.consumer_id);
ALTER TABLE verdict_change ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE hour_task ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE forecast ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE forecast_sample ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE volume_exclusion
  ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE CASCADE,
  ADD FOREIGN KEY (datacenter_id) REFERENCES datacenter ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE component_instance ADD FOREIGN KEY (datacenter_id) REFERENCES datacenter ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE deployment ADD FOREIGN KEY (datacenter_id) REFERENCES datacenter ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE reporter_final
  ADD FOREIGN KEY (datacenter_id) REFERENCES datacenter ON UPDATE NO ACTION ON DELETE CASCADE,
  ADD FOREIGN KEY (reporter_id) REFERENCES reporter ON UPDATE NO ACTION ON DELETE CASCADE;
ALTER TABLE subscription ADD FOREIGN KEY (consumer_id) REFERENCES consumer ON UPDATE NO ACTION ON DELETE CASCADE;

-- An alert is known by its fingerprint and labels: it outlives the names that it was about.
UPDATE alert o SET event_type_id = NULL WHERE NOT EXISTS (SELECT FROM event_type WHERE id = o.event_type_id);
UPDATE alert o SET datacenter_id = NULL WHERE NOT EXISTS (SELECT FROM datacenter WHERE id = o.datacenter_id);
ALTER TABLE alert
  ADD FOREIGN KEY (event_type_id) REFERENCES event_type ON UPDATE NO ACTION ON DELETE SET NULL,
  ADD FOREIGN KEY (datacenter_id) REFERENCES datacenter ON UPDATE NO ACTION ON DELETE SET NULL;
