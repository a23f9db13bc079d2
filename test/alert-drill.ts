import { readVolumesNow } from "#server/alerts/read-volumes-now.ts";
import { applyCatalogue } from "#server/catalogue/apply-catalogue.ts";
import { fitForecast } from "#server/forecast/fit-forecast.ts";
import { refreshForecasts } from "#server/forecast/refresh-forecasts.ts";
import { loadCatchUps } from "#server/incidents/load-catch-ups.ts";
import { VolumeMemory } from "#server/volume/read-volume-baselines.ts";
import { catalogueYaml } from "#simulator/catalogue.ts";
import { promisesYaml } from "#simulator/promises.ts";
import type { Simulation } from "#simulator/simulation.ts";
import { tickAlerts } from "#test/judge-and-alert.ts";
import { createTestDatabase, type TestDatabase } from "./database.ts";
import { liveOn } from "./live-on.ts";
import { ManualClock, workerContext } from "./worker-context.ts";

const hourMs = 3_600_000;

/** A page-severity incident as created by a drill. */
export interface DrilledIncident {
  id: bigint;
  causeKey: string;
  title: string;
  state: string;
  severity: string;
  openedAt: Date;
  resolvedAt: Date | null;
  cause: { code: string; datacenter: string | null; stage: string | null; version: string | null };
  rules: string[];
}

/** A simulated fleet run through ingest, judge, forecast and the alert ticker, on a clock that is set step by step. */
export class AlertDrill {
  readonly simulation: Simulation;
  readonly test: TestDatabase;
  readonly clock: ManualClock;
  #toldUntil: Date;
  readonly #volumes = new VolumeMemory();
  #fittedAtMs = 0;

  private constructor(test: TestDatabase, simulation: Simulation) {
    this.test = test;
    this.simulation = simulation;
    this.clock = new ManualClock(simulation.startAt.toISOString());
    this.#toldUntil = simulation.startAt;
  }

  static async begin(simulation: Simulation, test?: TestDatabase): Promise<AlertDrill> {
    const drill = new AlertDrill(test ?? (await createTestDatabase()), simulation);
    const text = [catalogueYaml(simulation), promisesYaml()].join("---\n");
    await applyCatalogue({ ctx: drill.#ctx, input: { text, dryRun: false } });
    return drill;
  }

  /** In steps of this many minutes. */
  async liveUntil(until: Date, stepMinutes: number): Promise<void> {
    const stepMs = stepMinutes * 60_000;
    for (let ms = this.#toldUntil.getTime() + stepMs; ms < until.getTime(); ms += stepMs)
      await this.#advance(new Date(ms));
    await this.#advance(until);
  }

  async pages(): Promise<DrilledIncident[]> {
    const { rows } = await this.test.database.sql.query<DrilledIncident>(
      `SELECT i.id, i.cause_key AS "causeKey", i.title, i.state, i.severity, i.opened_at AS "openedAt", i.resolved_at AS "resolvedAt", i.cause,
              ARRAY(SELECT DISTINCT x.rule FROM alert_transition x WHERE x.incident_id = i.id AND x.to_state = 'firing' ORDER BY 1) AS rules
         FROM incident i WHERE i.severity = 'page' ORDER BY i.opened_at, i.id`,
    );
    return rows;
  }

  get #ctx() {
    return workerContext(this.test.database, this.clock);
  }

  async #advance(to: Date): Promise<void> {
    if (to <= this.#toldUntil) return;
    await liveOn(this, this.#toldUntil, to);
    const ctx = this.#ctx;
    if (to.getTime() - this.#fittedAtMs > 24 * hourMs) {
      await fitForecast({ ctx });
      this.#fittedAtMs = to.getTime();
    }
    await refreshForecasts({ ctx, loadCatchUps });
    const volumes = await readVolumesNow({ ctx, memory: this.#volumes });
    await tickAlerts({ ctx, input: { volumes } });
    this.#toldUntil = to;
  }
}
