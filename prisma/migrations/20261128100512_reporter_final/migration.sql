-- A reporter that said `final: true` ends there: it is not expected in hours that end later. The latest event time stands.
CREATE TABLE reporter_final (
  datacenter_id integer NOT NULL,
  reporter_id integer NOT NULL,
  final_at timestamptz(3) NOT NULL,
  PRIMARY KEY (datacenter_id, reporter_id)
);
