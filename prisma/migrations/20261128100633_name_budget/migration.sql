-- New names that messages brought in one hour, counted here so that all processes share the budget.
CREATE TABLE name_budget (
  kind text PRIMARY KEY CHECK (kind IN ('event_type', 'datacenter', 'reporter')),
  hour timestamptz(3) NOT NULL,
  used integer NOT NULL CHECK (used >= 0)
);
