import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addHours, formatHour, type Hour, hourOf } from "#domain/hour.ts";
import { type Database, openDatabase } from "#server/db/database.ts";
import { nginx, openssl, startDocumentedNginx, type TestNginx } from "#test/nginx.ts";
import { freePort } from "#test/product/start-product.ts";
import { until } from "#test/until.ts";
import { type FleetDatabase, startFleetDatabase } from "./fleet-database.ts";
import { startHonestLoad } from "./honest-load.ts";
import { createNetwork, type Machine, type Network, whyNoNetwork } from "./network.ts";
import { createFleet, type Fleet, type FleetProcess } from "./processes.ts";

// Three machines with addresses of their own on one PostgreSQL.
const noNetwork = whyNoNetwork();
const needs = { meta: { needs: "network namespaces (root and iproute2), nginx and openssl" } };
const hour = addHours(hourOf(new Date()), -1);
/** A process that held no question before polls for the first time after so long. */
const looksAgainMs = 5_000;
const tries = 8;

describe.skipIf(noNetwork !== null || !nginx || !openssl)("machines on one PostgreSQL", needs, () => {
  let network: Network<"a" | "b" | "c">;
  let database: FleetDatabase;
  let direct: Database;
  let fleet: Fleet;
  let a: Machine;
  let b: Machine;
  let c: Machine;
  const webs = new Map<Machine, FleetProcess>();

  beforeAll(async () => {
    network = await createNetwork(["a", "b", "c"]);
    ({ a, b, c } = network.machines);
    database = await startFleetDatabase(network);
    direct = openDatabase(database.url);
    fleet = createFleet({ DATABASE_URL: database.url, TIDEMARK_ALLOWED_HOSTS: "localhost" });
    for (const machine of [a, b]) webs.set(machine, await fleet.startWeb(machine));
    fleet.start(c, "evaluate");
    await fleet.send(a, "PUT", "/datacenters/east", { activeFrom: formatHour(addHours(hour, -tries)) });
    await fleet.send(a, "PUT", "/event-types/EndSong", typeSpec);
  });
  afterAll(async () => {
    await fleet?.end();
    await direct?.close();
    await database?.stop();
    await network?.remove();
  });

  const typeSpec = {
    owner: "tests",
    tier: "high",
    datacenters: ["east"],
    activeFrom: formatHour(addHours(hour, -tries)),
    settle: "1s",
  };

  async function say(machine: Machine, type: string, data: object): Promise<void> {
    const envelope = { specversion: "1.0", source: "test", id: crypto.randomUUID(), time: new Date().toISOString() };
    await fleet.send(machine, "POST", "/events", { ...envelope, type, data }, "application/cloudevents+json");
  }

  async function completeHour(machine: Machine, eventType: string, asked: Hour): Promise<void> {
    for (const stage of ["produced", "delivered"]) {
      const reports = [{ eventType, hour: formatHour(asked), events: 1_000 }];
      await say(machine, "tidemark.counters.v1", { dc: "east", stage, reporter: `east-${stage}`, reports });
    }
    const marks = [{ eventType, hour: formatHour(asked) }];
    await say(machine, "tidemark.hour-closed.v1", { dc: "east", marks });
  }

  test("a commit on one machine wakes a waiter and an event stream on another", async () => {
    const headers = { authorization: `Bearer ${fleet.token}` };
    const tookMs: number[] = [];
    for (let back = 1; back <= tries && !tookMs.some((ms) => ms < looksAgainMs); back += 1) {
      const asked = addHours(hour, -back);
      const stream = await fetch(`${fleet.urlOf(b)}/api/v1/changes`, { headers });
      const events = (stream.body as ReadableStream<Uint8Array>).getReader();
      const next = async () => new TextDecoder().decode((await events.read()).value);
      expect(await next()).toContain("event: changed");
      const startedMs = performance.now();
      const ready = `/api/v1/event-types/EndSong/hours/${formatHour(asked)}/ready?wait=60`;
      const held = fetch(`${fleet.urlOf(b)}${ready}`, { headers });
      await until("the question is held on b", async () => {
        const metrics = await (await fetch(`${fleet.urlOf(b)}/metrics`, { headers })).text();
        return /^tidemark_gate_held_requests(\{.*\})? 1$/m.test(metrics) || "it is not";
      });
      await completeHour(a, "EndSong", asked);
      expect((await held).status).toBe(200);
      tookMs.push(performance.now() - startedMs);
      let said = "";
      while (!said.includes("verdicts")) said += await next();
      await events.cancel();
    }
    expect(Math.min(...tookMs)).toBeLessThan(looksAgainMs);
  });

  describe("behind nginx", () => {
    let proxy: TestNginx;
    let port: number;

    beforeAll(async () => {
      port = await freePort();
      const replaced = [
        ["10.0.0.11:3000", `${a.address}:3000`],
        ["10.0.0.12:3000", `${b.address}:3000`],
      ] as const;
      proxy = await startDocumentedNginx(port, { page: "machines.md", replaced });
    });
    afterAll(() => proxy?.stop());

    test("each web process is restarted under load, and no honest request fails", async () => {
      const load = startHonestLoad({ proxy, port, token: fleet.token, eventType: "EndSong", hour });
      const more = async (count: number) => {
        const before = load.answered();
        await until(`${count} more requests are answered`, async () => load.answered() >= before + count);
      };
      await more(100);
      const codes: (number | null | undefined)[] = [];
      for (const machine of [b, a, b]) {
        codes.push(await webs.get(machine)?.stop());
        await more(100);
        webs.set(machine, await fleet.startWeb(machine));
        await more(100);
      }
      const failed = await load.stop();
      process.stdout.write(`${load.answered()} requests, ${failed.length} failed, over three restarts.\n`);
      expect({ failed, codes }).toEqual({ failed: [], codes: [0, 0, 0] });
      const { rows } = await direct.sql.query<{ name: string; events: bigint }>(
        `SELECT r.name, p.events FROM report p JOIN reporter r ON r.id = p.reporter_id WHERE r.name LIKE 'load-%'`,
      );
      const stored = Object.fromEntries(rows.map(({ name, events }) => [name, Number(events)]));
      expect(stored).toEqual(Object.fromEntries(load.acknowledged()));
    });

    test("a web process that is to end says so in its readiness while it still answers", async () => {
      const web = webs.get(b);
      await web?.stop();
      const draining = await fleet.startWeb(b, { TIDEMARK_DRAIN: "5m" });
      const ended = draining.stop();
      await until(
        "its readiness says so",
        async () => (await fetch(`${fleet.urlOf(b)}/readyz?serving`)).status === 503,
      );
      const [alive, status] = await Promise.all([
        fetch(`${fleet.urlOf(b)}/healthz`),
        fetch(`${fleet.urlOf(b)}/api/v1/status`, { headers: { authorization: `Bearer ${fleet.token}` } }),
      ]);
      expect([alive.status, status.status, status.headers.get("connection")]).toEqual([200, 200, "close"]);
      await draining.kill();
      await ended;
      webs.set(b, await fleet.startWeb(b));
    });
  });

  test.each([
    ["kill -9", (holder: FleetProcess) => holder.kill()],
    ["a cut link", (holder: FleetProcess) => holder.machine.cut()],
  ])("loops that run once pass to another machine after %s", async (_, fail) => {
    const candidates = [fleet.start(b, "alert"), fleet.start(c, "alert")];
    const holderOf = async () => {
      const { rows } = await direct.sql.query<{ holder: string }>(
        "SELECT holder FROM lease WHERE name = 'alert-tick' AND expires_at > clock_timestamp()",
      );
      return candidates.find(({ pid }) => rows[0]?.holder.endsWith(`:${pid}`));
    };
    await until("one of both holds the lease", async () => (await holderOf()) !== undefined);
    const first = (await holderOf()) as FleetProcess;
    const startedMs = performance.now();
    await fail(first);
    await until("the other one holds it", async () => {
      const now = await holderOf();
      return now !== undefined && now !== first;
    });
    const second = (await holderOf()) as FleetProcess;
    process.stdout.write(`Taken over after ${((performance.now() - startedMs) / 1000).toFixed(1)} s.\n`);
    expect(second.machine).not.toBe(first.machine);
    await first.machine.plug();
    await until("the first one works on, without the lease", async () => {
      const { rows } = await direct.sql.query<{ fresh: boolean }>(
        `SELECT bool_or(reported_at > now() - interval '4 s') AS fresh FROM worker_turn WHERE instance LIKE '%:' || $1`,
        [second.pid],
      );
      return rows[0]?.fresh === true && (await holderOf()) === second;
    });
    await Promise.all(candidates.map((candidate) => candidate.kill()));
  });
});
