import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClock } from "#server/process/clock.ts";
import { AlertStory } from "#test/alert-story.ts";
import { createTestDatabase, type TestDatabase } from "#test/database.ts";
import { findProgram } from "#test/find-program.ts";
import { type HttpReceiver, startHttpReceiver } from "#test/http-receiver.ts";
import { type NotifyProcess, startNotify } from "#test/notify-process.ts";
import { until } from "#test/until.ts";

const program = findProgram("prometheus-alertmanager", "apt-get install it (npm test fetches it on Debian).");

/** What Alertmanager's own webhook receivers are sent. */
interface Told {
  status: string;
  alerts: {
    status: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
    generatorURL: string;
  }[];
}

describe.skipIf(!program)("a real Alertmanager", { meta: { needs: "prometheus-alertmanager" } }, () => {
  const clock = createClock({ setting: null });
  let db: TestDatabase;
  let story: AlertStory;
  let receiver: HttpReceiver;
  let alertmanager: ChildProcess;
  let worker: NotifyProcess;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    db = await createTestDatabase();
    story = new AlertStory(db.database, clock);
    receiver = await startHttpReceiver();
    folder = await mkdtemp(join(tmpdir(), "tidemark-alertmanager-"));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    await writeFile(
      join(folder, "alertmanager.yml"),
      `route: {receiver: ours, group_by: [cause], group_wait: 1s, group_interval: 1s}
receivers: [{name: ours, webhook_configs: [{url: "${receiver.url}", send_resolved: true}]}]
`,
    );
    const args = [`--config.file=${folder}/alertmanager.yml`, `--storage.path=${folder}`, "--cluster.listen-address="];
    alertmanager = spawn(program ?? "", [...args, `--web.listen-address=127.0.0.1:${port}`], { stdio: "ignore" });
    await until("Alertmanager answers", async () => (await fetch(`${url}/-/ready`)).ok);
    await story.channel("am", { type: "alertmanager", url });
    await story.everythingTo(["am"]);
    worker = startNotify(db.url);
  });
  afterAll(async () => {
    await worker.kill();
    alertmanager.kill();
    await once(alertmanager, "exit");
    await receiver.stop();
    await rm(folder, { recursive: true });
    await db.drop();
  });

  const told = () => receiver.received.map(({ body }) => JSON.parse(body) as Told);
  const labels = (eventType: string) => ({
    alertname: "late",
    severity: "page",
    cause: "ams",
    eventType,
    "cost-centre": "7",
  });

  test("receives ours, groups them, and resolves them when we say so", async () => {
    const incident = await story.incident("ams");
    await story.alert("a", "firing", labels("EndSong"), incident);
    await story.alert("b", "firing", labels("Skip"), incident);
    await until(
      "both are told as one group",
      async () => told().some(({ alerts }) => alerts.length === 2) || JSON.stringify(told()),
    );
    const firing = told().find(({ alerts }) => alerts.length === 2);
    expect(firing?.status).toBe("firing");
    expect(firing?.alerts[0]).toMatchObject({
      labels: { alertname: "late", cause: "ams", cost_centre: "7" },
      annotations: { summary: "a is late" },
      generatorURL: expect.stringMatching(/\/alerts\/incidents\/\d+$/),
    });
    const { rows } = await db.database.sql.query("SELECT FROM notification_group WHERE resend_at IS NOT NULL");
    expect(rows).toHaveLength(1);

    // The group's next look is five minutes away: brought forward, as a clock would.
    await story.alert("a", "normal", labels("EndSong"), incident);
    await story.alert("b", "normal", labels("Skip"), incident);
    await db.database.sql.query("UPDATE notification_group SET flush_at = now() WHERE flush_at IS NOT NULL");
    await until("their end is told", async () => told().at(-1)?.status === "resolved" || JSON.stringify(told().at(-1)));
    const active = (await (await fetch(`${url}/api/v2/alerts?active=true`)).json()) as unknown[];
    expect(active).toEqual([]);
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
