import { afterEach, beforeEach, expect, it } from "vitest";
import { runningVersionListSchema } from "#domain/api/running-versions.ts";
import { type HourStory, openingOf } from "#test/hour-story.ts";

let story: HourStory;

const heartbeat = (of: HourStory, dc: string, instance: string, version?: string, component = "exporter") =>
  of.say("tidemark.heartbeat.v1", {
    dc,
    component,
    instance,
    ...(version === undefined ? {} : { version }),
    startedAt: "2026-11-22T09:00:00Z",
  });
const deployed = (of: HourStory, version: string, dc?: string, component = "exporter") =>
  of.say("tidemark.deployment.v1", { component, version, ...(dc === undefined ? {} : { dc }) });

async function running(query = ""): Promise<Record<string, Record<string, unknown>>> {
  const { status, body } = await story.get(`/deployments/running${query}`);
  expect(status).toBe(200);
  expect(runningVersionListSchema.parse(body)).toEqual(body);
  return Object.fromEntries(
    body.items.map((item: { component: string; datacenter: string | null }) => [
      `${item.component}@${item.datacenter}`,
      item,
    ]),
  );
}

const opening = openingOf({ now: "2026-10-01T08:00:00Z", activeFrom: "2026-10-01T08:00:00Z" }, async (lived) => {
  await deployed(lived, "0.1.0", "east", "forgotten");
  lived.clock.set("2026-11-22T08:00:00Z");
  await deployed(lived, "1.9.0");
  await heartbeat(lived, "west", "w-gone", "1.9.0");
  lived.clock.set("2026-11-22T09:00:00Z");
  await deployed(lived, "2.0.0", "east");
  await deployed(lived, "5.0.0", undefined, "planned");
  await deployed(lived, "7.0.0", "west", "archiver");
  lived.clock.set("2026-11-22T12:00:00Z");
  for (const [instance, version] of [
    ["e-1", "2.0.0"],
    ["e-2", "2.0.0"],
    ["e-3", "1.9.0"],
  ] as const)
    await heartbeat(lived, "east", instance, version);
  await heartbeat(lived, "west", "w-1", "1.9.0");
  await heartbeat(lived, "west", "q-1", "3.0.0", "queue");
  await heartbeat(lived, "east", "p-1", undefined, "probe");
});
beforeEach(async () => {
  story = await opening.begin();
});
afterEach(() => story.end());

it("compares each component at each datacenter with the deployment in force there", async () => {
  const found = await running();
  expect(Object.fromEntries(Object.entries(found).map(([key, { standing }]) => [key, standing]))).toEqual({
    "archiver@west": "unseen",
    "exporter@east": "mixed",
    "exporter@west": "as_deployed",
    "planned@null": "unseen",
    "probe@east": "unknown",
    "queue@west": "undeclared",
  });
  expect(found["exporter@east"]).toMatchObject({
    declared: { version: "2.0.0", datacenter: "east", deployedAt: "2026-11-22T09:00:00.000Z" },
    instances: 3,
    asDeployed: 2,
    versions: [
      { version: "2.0.0", standing: "deployed", instances: 2, names: ["e-1", "e-2"] },
      {
        version: "1.9.0",
        standing: "earlier",
        instances: 1,
        names: ["e-3"],
        declaredAt: "2026-11-22T08:00:00.000Z",
        runningSince: "2026-11-22T09:00:00.000Z",
      },
    ],
  });
});

it("counts an instance that is no longer heard apart, and a deployment everywhere for each datacenter", async () => {
  expect((await running())["exporter@west"]).toMatchObject({
    declared: { version: "1.9.0", datacenter: null },
    instances: 1,
    versions: [{ version: "1.9.0", instances: 1, silentInstances: 1, names: ["w-1", "w-gone"] }],
  });
});

it("filters, and pages without losing or repeating one", async () => {
  expect(Object.keys(await running("?datacenter=west&component=exporter"))).toEqual(["exporter@west"]);
  const seen: string[] = [];
  let cursor = "";
  for (let page = 0; page < 10; page += 1) {
    const { body } = await story.get(`/deployments/running?limit=1${cursor}`);
    seen.push(...body.items.map((item: { component: string }) => item.component));
    if (body.nextCursor === null) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  expect(seen).toEqual(["archiver", "exporter", "exporter", "planned", "probe", "queue"]);
});

it("does not take a deployment of the future for the one in force", async () => {
  const body = { datacenter: "west", component: "exporter", version: "9.0.0", deployedAt: "2026-11-22T12:05:00Z" };
  const answer = await story.api.call("POST", "/api/v1/deployments", { body });
  expect(answer.status).toBe(202);
  expect((await running())["exporter@west"]).toMatchObject({ standing: "as_deployed" });
});

it("keeps when an instance was last heard before it started again", async () => {
  const downFrom = async () => {
    const { rows } = await story.test.database.sql.query(
      "SELECT down_from FROM component_instance WHERE instance = 'h-1'",
    );
    return rows[0]?.down_from?.toISOString() ?? null;
  };
  const beat = async (time: string, startedAt: string) => {
    story.clock.set(`2026-11-23T${time}:00Z`);
    await story.say("tidemark.heartbeat.v1", {
      dc: "east",
      component: "host",
      instance: "h-1",
      startedAt: `2026-11-23T${startedAt}:00Z`,
    });
  };
  await beat("09:00", "08:00");
  await beat("09:10", "08:00");
  expect(await downFrom()).toBeNull();
  await beat("10:01", "10:00");
  await beat("10:02", "10:00");
  expect(await downFrom()).toBe("2026-11-23T09:10:00.000Z");
});
