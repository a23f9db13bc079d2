-- By which correction an affected hour was accepted when incidents were last looked at: what changed since is news.
ALTER TABLE incident_hour ADD COLUMN accepted_by_correction bigint;
