import { Hono } from "hono";
import { expect, test } from "vitest";
import { chargeHeavyWork } from "#server/process/heavy-account.ts";
import type { ApiEnv } from "./api-deps.ts";
import { limitHeavyWork } from "./heavy-work.ts";
import { addressHeader } from "./rate-limits.ts";
import { TooManyRequests } from "./refusals.ts";

test("who used up the processor time of a minute is refused before the body is read, and no one else is", async () => {
  const app = new Hono<ApiEnv>();
  let answered = 0;
  app.post("/heavy", limitHeavyWork({ limit: 1_000, windowSeconds: 60 }), async (c) => {
    await c.req.text();
    chargeHeavyWork(600);
    answered += 1;
    return c.text("done");
  });
  app.onError((error, c) => c.text(error.message, error instanceof TooManyRequests ? 429 : 500));
  const ask = (address: string) =>
    app.request("/heavy", { method: "POST", body: "x", headers: { [addressHeader]: address } });
  for (let nth = 0; nth < 2; nth += 1) expect((await ask("192.0.2.7")).status).toBe(200);
  const refused = await ask("192.0.2.7");
  expect(refused.status).toBe(429);
  expect(await refused.text()).toMatch(/used more than 1 s of processor time in a minute\. Try again in \d+ s\.$/);
  expect((await ask("192.0.2.8")).status).toBe(200);
  expect(answered).toBe(3);
});
