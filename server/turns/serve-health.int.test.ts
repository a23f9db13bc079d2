import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type HealthServer, serveHealth } from "./serve-health.ts";
import type { Standing } from "./turns.ts";

describe("a worker's own endpoints", () => {
  const loop = { turn: "judge" as const, ageSeconds: 90, allowedSeconds: 61, completedAgeSeconds: 90 };
  let standing: Standing[] = [];
  let writtenAgeSeconds: number | null = 1;
  let health: HealthServer;
  const ask = async (path: string) => {
    const response = await fetch(new URL(path, health.url));
    return { status: response.status, text: await response.text() };
  };

  beforeAll(async () => {
    const turns = { list: () => [loop], standing: () => standing, writtenAgeSeconds: () => writtenAgeSeconds };
    health = await serveHealth({ host: "127.0.0.1", port: 0, turns });
  });
  beforeEach(() => {
    standing = [];
    writtenAgeSeconds = 1;
  });
  afterAll(() => health.close());

  test("/healthz: 503 once a loop stands still, whatever the database does", async () => {
    writtenAgeSeconds = null;
    const well = await ask("/healthz");
    expect([well.status, JSON.parse(well.text)]).toEqual([200, { status: "ok", turns: [loop] }]);
    standing = [loop];
    expect((await ask("/healthz")).status).toBe(503);
  });

  test("/readyz: 503 with what is wrong, until the process has written to the database", async () => {
    const answer = async () => {
      const { status, text } = await ask("/readyz");
      return [status, ...(JSON.parse(text) as { reasons: string[] }).reasons];
    };
    expect(await answer()).toEqual([200]);
    writtenAgeSeconds = null;
    expect(await answer()).toEqual([
      503,
      expect.stringMatching(/^This process has not written to the database yet: check/),
    ]);
    writtenAgeSeconds = 16;
    standing = [loop];
    expect(await answer()).toEqual([
      503,
      'The loop "judge" has stalled for 90 s (limit 61 s).',
      expect.stringMatching(/^This process has not written to the database for 16 s: check that the database runs/),
    ]);
  });

  test("/metrics: the process and its loops", async () => {
    const { text } = await ask("/metrics");
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text).toMatch(/^tidemark_worker_database_up 1$/m);
    expect(text).toMatch(/^tidemark_worker_loop_age_seconds\{loop="judge"\} 90$/m);
    expect(text).toMatch(/^tidemark_worker_loop_limit_seconds\{loop="judge"\} 61$/m);
    writtenAgeSeconds = null;
    expect((await ask("/metrics")).text).toMatch(/^tidemark_worker_database_up 0$/m);
  });

  test("anything else: 404", async () => {
    expect((await ask("/api/v1/status")).status).toBe(404);
  });
});
