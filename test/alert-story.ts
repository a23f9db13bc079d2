import type { Clock } from "#domain/clock.ts";
import type { CauseCode } from "#domain/explain.ts";
import type { Database } from "#server/db/database.ts";
import { queueGroups } from "#server/notifications/queue-groups.ts";
import { situationForTest } from "#test/situation.ts";

/** Writes alerts, incidents, channels and trees as the components before notifying leave them. */
export class AlertStory {
  readonly #database: Database;
  readonly #clock: Clock;

  constructor(database: Database, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  async channel(name: string, spec: object): Promise<void> {
    await this.#database.sql.query(
      `INSERT INTO channel (name, spec, updated_at, updated_by) VALUES ($1, $2::jsonb, $3, 'test')
       ON CONFLICT (name) DO UPDATE SET spec = excluded.spec`,
      [name, JSON.stringify(spec), this.#clock.now()],
    );
  }

  async tree(spec: object): Promise<void> {
    await this.#database.sql.query(
      `INSERT INTO routing_tree (name, spec, updated_at, updated_by) VALUES ('default', $1::jsonb, $2, 'test')
       ON CONFLICT (name) DO UPDATE SET spec = excluded.spec`,
      [JSON.stringify(spec), this.#clock.now()],
    );
  }

  async schedule(name: string, spec: object): Promise<void> {
    await this.#database.sql.query(
      "INSERT INTO on_call_schedule (name, spec, updated_at, updated_by) VALUES ($1, $2::jsonb, $3, 'test')",
      [name, JSON.stringify(spec), this.#clock.now()],
    );
  }

  /** Routes everything to one receiver with these channels, grouped by cause, without delay. */
  async everythingTo(channels: string[], more: object = {}): Promise<void> {
    await this.tree({
      route: { receiver: "team", groupBy: ["cause"], groupWait: "0s", groupInterval: "5m", repeatInterval: "4h" },
      receivers: [{ name: "team", channels, ...more }],
    });
  }

  async incident(causeKey: string): Promise<bigint> {
    const title = `${causeKey} is silent`;
    const cause = { ...situationForTest().cause, code: causeKey as CauseCode };
    const { rows } = await this.#database.sql.query<{ id: bigint }>(
      `INSERT INTO incident (cause_key, cause, title, severity, state, since, opened_at, changed_at, situation, situation_revision)
       VALUES ($1, $2::jsonb->'cause', $3, 'page', 'open', $4, $4, $4, $2, 1) RETURNING id`,
      [causeKey, JSON.stringify(situationForTest({ title, cause })), title, this.#clock.now()],
    );
    return rows[0]?.id ?? 0n;
  }

  /** Changes an alert's state as the alert core does: with the flushes of its groups in the same transaction. */
  async alert(
    fingerprint: string,
    state: "firing" | "normal",
    labels: Record<string, string>,
    incidentId: bigint | null,
  ): Promise<void> {
    const now = this.#clock.now();
    await this.#database.transaction(async (tx) => {
      await tx.query(
        `INSERT INTO alert (fingerprint, rule, labels, annotations, severity, state, firing_since, resolved_at, incident_id, changed_at, evaluated_at)
         VALUES ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7, $8, $9, $10, $10)
         ON CONFLICT (fingerprint) DO UPDATE SET state = excluded.state, resolved_at = excluded.resolved_at, changed_at = excluded.changed_at,
           firing_since = coalesce(excluded.firing_since, alert.firing_since)`,
        [
          fingerprint,
          labels.alertname ?? "rule",
          JSON.stringify(labels),
          JSON.stringify({ summary: `${fingerprint} is late` }),
          labels.severity ?? "page",
          state,
          state === "firing" ? now : null,
          state === "normal" ? now : null,
          incidentId,
          now,
        ],
      );
      await queueGroups(tx, { clock: this.#clock, alerts: [{ fingerprint, labels, state }] });
    });
  }

  async silence(matcher: string): Promise<void> {
    const now = this.#clock.now();
    await this.#database.sql.query(
      `INSERT INTO silence (matchers, starts_at, ends_at, reason, created_by, created_at)
       VALUES ($1::jsonb, $2, $3, 'planned work', 'test', $2)`,
      [JSON.stringify([matcher]), now, new Date(now.getTime() + 3_600_000)],
    );
  }

  deliveries(): Promise<DeliveryRow[]> {
    return this.#rows<DeliveryRow>(
      `SELECT id::text, dedup_key AS "dedupKey", receiver AS channel, kind, state, attempts, thread_key AS "threadKey",
              withdrawn_because AS "withdrawnBecause", body->>'status' AS status
         FROM delivery ORDER BY id`,
    );
  }

  /** What the audit log says was done to incidents: the actors, and their doors. */
  audited(): Promise<{ act: string; name: string; actor: string; actorKind: string; door: string }[]> {
    return this.#rows(
      `SELECT act, name, actor, actor_kind AS "actorKind", door FROM audit_entry WHERE kind = 'incident' ORDER BY id`,
    );
  }

  timeline(incidentId: bigint): Promise<{ kind: string; message: string }[]> {
    return this.#rows(`SELECT kind, message FROM incident_event WHERE incident_id = ${incidentId} ORDER BY id`);
  }

  async #rows<Row extends object>(statement: string): Promise<Row[]> {
    return (await this.#database.sql.query<Row>(statement)).rows;
  }
}

interface DeliveryRow {
  id: string;
  dedupKey: string;
  channel: string;
  kind: string;
  state: string;
  attempts: number;
  threadKey: string;
  withdrawnBecause: string | null;
  status: string;
}
