-- What is said of an incident: one record that everything reads, and its numbered revisions with their reasons.
ALTER TABLE incident
  ADD COLUMN situation jsonb,
  ADD COLUMN situation_revision integer NOT NULL DEFAULT 0,
  -- when it was last looked at; null: it is to be looked at now
  ADD COLUMN situation_at timestamptz(3);

CREATE TABLE incident_situation (
  incident_id bigint NOT NULL REFERENCES incident ON UPDATE NO ACTION ON DELETE CASCADE,
  revision integer NOT NULL,
  at timestamptz(3) NOT NULL,
  reason text NOT NULL,
  situation jsonb NOT NULL,
  PRIMARY KEY (incident_id, revision)
);

-- Every alert an incident ever had: an alert that fires again belongs to another incident, and stays in this one.
CREATE TABLE incident_alert (
  incident_id bigint NOT NULL REFERENCES incident ON UPDATE NO ACTION ON DELETE CASCADE,
  fingerprint text NOT NULL,
  joined_at timestamptz(3) NOT NULL,
  -- what it said then
  annotations jsonb NOT NULL,
  PRIMARY KEY (incident_id, fingerprint)
);

-- Incidents with an amended hour. Append-only for the judge, which therefore waits for nobody who holds an incident.
CREATE TABLE incident_amendment (
  id bigserial PRIMARY KEY,
  incident_id bigint NOT NULL
);
CREATE INDEX incident_hour_hour_idx ON incident_hour (event_type_id, hour);

INSERT INTO incident_alert (incident_id, fingerprint, joined_at, annotations)
SELECT m.incident_id, m.fingerprint, m.joined_at, coalesce(a.annotations, '{}')
  FROM (SELECT incident_id, fingerprint, min(at) AS joined_at
          FROM (SELECT incident_id, fingerprint, at FROM alert_transition
                 UNION ALL
                SELECT incident_id, fingerprint, coalesce(firing_since, changed_at) FROM alert) t
         WHERE incident_id IS NOT NULL GROUP BY 1, 2) m
  JOIN incident i ON i.id = m.incident_id
  LEFT JOIN alert a ON a.fingerprint = m.fingerprint;

-- Incidents from before have one revision: what was stored of them. Open ones are looked at anew at once.
WITH hour AS (
  SELECT h.incident_id, min(h.hour) AS first, max(h.hour) AS last, count(*) AS affected,
         count(*) FILTER (WHERE f.final AND v.accepted_by_correction IS NULL) AS final,
         count(v.accepted_by_correction) AS accepted,
         count(*) FILTER (WHERE f.final AND v.accepted_by_correction IS NULL AND v.state <> 'complete') AS lossy,
         count(*) FILTER (WHERE v.closed_at > v.deadline_at) AS missed,
         coalesce(sum(v.lost) FILTER (WHERE f.final), 0) AS lost,
         coalesce(sum(v.duplicated) FILTER (WHERE f.final), 0) AS duplicated
    FROM incident_hour h
    LEFT JOIN verdict v ON v.event_type_id = h.event_type_id AND v.hour = h.hour
   CROSS JOIN LATERAL (SELECT coalesce(v.state IN ('complete', 'unverified', 'incomplete', 'overcounted'), true) AS final) f
   GROUP BY 1
), type AS (
  SELECT incident_id, count(DISTINCT name) AS types, array_agg(DISTINCT name ORDER BY name) AS names
    FROM (SELECT h.incident_id, t.name FROM incident_hour h JOIN event_type t ON t.id = h.event_type_id
           UNION
          SELECT m.incident_id, t.name FROM incident_alert m JOIN alert a ON a.fingerprint = m.fingerprint
            JOIN event_type t ON t.id = a.event_type_id) named
   GROUP BY 1
)
UPDATE incident i
   SET situation_revision = 1,
       situation_at = CASE WHEN i.state = 'resolved' THEN i.resolved_at END,
       situation = jsonb_build_object(
         'title', i.title,
         'phase', CASE WHEN i.state = 'resolved' THEN 'over' ELSE 'ongoing' END,
         'phaseSince', to_char(coalesce(i.resolved_at, i.opened_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
         'onset', jsonb_build_object('at', to_char(i.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'source', 'alert'),
         'cause', jsonb_build_object(
           'code', coalesce(i.cause->>'code', 'datacenter_behind'), 'datacenter', i.cause->>'datacenter',
           'stage', i.cause->>'stage', 'component', i.cause->>'component', 'instance', i.cause->>'instance',
           'version', i.cause->>'version', 'deploymentId', i.cause->>'deploymentId',
           'score', coalesce((i.cause->>'score')::float8, 0), 'sentence', coalesce(i.cause->>'sentence', ''),
           'evidence', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                          'code', 'recorded', 'figure', e->'figure', 'unit', e->'unit', 'of', NULL, 'fact', coalesce(e->>'fact', ''),
                          'asOf', coalesce(e->>'at', to_char(i.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))), '[]')
                          FROM jsonb_array_elements(coalesce(i.cause->'evidence', '[]')) e)),
         'extent', jsonb_build_object(
           'datacenters', CASE WHEN i.cause->>'datacenter' IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(i.cause->>'datacenter') END,
           'stage', i.cause->>'stage', 'eventTypes', to_jsonb(coalesce(type.names[1:50], '{}')), 'eventTypeCount', coalesce(type.types, 0),
           'hours', CASE WHEN hour.incident_id IS NOT NULL THEN jsonb_build_object(
             'first', to_char(hour.first AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24'),
             'last', to_char(hour.last AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24'),
             'affected', hour.affected, 'final', hour.final, 'accepted', hour.accepted, 'lossy', hour.lossy) END),
         'impact', jsonb_build_object(
           'missedDeadlines', coalesce(hour.missed, 0), 'hoursAtRisk', 0, 'lost', coalesce(hour.lost, 0),
           'duplicated', coalesce(hour.duplicated, 0), 'produced', NULL, 'consumers', '[]'::jsonb, 'consumerCount', 0),
         'deployed', '[]'::jsonb, 'recovery', NULL, 'muted', NULL,
         'sentence', i.title || '.')
  FROM incident o
  LEFT JOIN hour ON hour.incident_id = o.id
  LEFT JOIN type ON type.incident_id = o.id
 WHERE o.id = i.id;

INSERT INTO incident_situation (incident_id, revision, at, reason, situation)
SELECT id, 1, coalesce(resolved_at, changed_at), 'Recorded before revisions were kept.', situation FROM incident;
