/**
 * Where each table lives when Citus distributes the database. `distributed`: in shards by event type, all rows of one type on one
 * node, partitions by month included. `local`: on the coordinator alone.
 */
export type Placement = "distributed" | "local";

/** What grows with reporters, datacenters and hours: the counts, their totals, and what was known when. */
export const distributedTables = ["report", "report_packed", "lane_total", "verdict_revision"] as const;

/** The column that decides the shard. */
export const distributionColumn = "event_type_id";

// None is a reference table. Citus locks all of such a table where PostgreSQL locks a row, so judges, which hold the rows of their types,
// would wait for each other; and every write of one goes to all nodes. produced_hour is partitioned, which reference tables cannot be.
const localTables = [
  // names and the catalogue
  "tier event_type datacenter reporter reporter_final deleted_name fact_version name_budget source source_run source_resource",
  "source_reading source_lane source_count source_fact volume_exclusion deployment deployment_hook deployment_hook_subject",
  "deployment_hook_delivery component_instance",
  // one row a lane, an hour or a lane's hour, joined with the catalogue by most statements
  "watermark closing_step closing_mark hour_marker produced_hour reporter_hours verdict verdict_lane forecast forecast_sample backlog",
  "lane_sample accepted_hour correction set_aside_report set_aside_mark set_aside_marker forecast_model",
  // queues and what processes note of themselves
  "dirty_hour hour_task verdict_change worker_turn duty_hour partition_month lease ingest_worker intake rejected_message metric_export _prisma_migrations",
  // alerts, incidents, notifications
  "alert_rule alert alert_transition alert_due silence channel routing_tree notification_group notification_count escalation",
  "incident incident_hour incident_situation incident_sample incident_alert incident_amendment incident_event",
  "on_call_schedule on_call_override delivery delivery_attempt",
  // service levels and consumers
  "slo_dirty_day slo_day slo_month slo_cause slo_excuse slo_restatement slo_snapshot slo_terms_change slo_digest",
  "consumer discovered_consumer hour_reading subscription subscription_message day_mark pending_amendment",
  // access
  "api_token token_address person former_name session sign_in_link secret_key used_once signed_request audit_entry audit_stream",
].flatMap((line) => line.split(" "));

export const placements: ReadonlyMap<string, Placement> = new Map<string, Placement>([
  ...distributedTables.map((table) => [table, "distributed"] as const),
  ...localTables.map((table) => [table, "local"] as const),
]);
