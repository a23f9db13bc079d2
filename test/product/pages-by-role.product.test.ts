import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Role, roles } from "#domain/access/role.ts";
import { addHours, formatHour, hourOf } from "#domain/hour.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { pageRules, type Rule } from "#test/page-rules.ts";
import { until } from "#test/until.ts";
import { type Product, startProduct } from "./start-product.ts";
import { startWeb, type WebProcess } from "./start-web.ts";

// Every page and every route beside the API as everyone who may ask for it; and what the pages say of addresses before any script has run:
// they are read with the rights of their visitor.
let product: Product;
/** The same data, with an open dashboard. */
let open: WebProcess;
const hour = formatHour(addHours(hourOf(new Date()), -2));
let subscription = "";
const needles = ["planted.recipient@", "planted-path", "planted-subscription", "planted.contact@"];

async function call(method: string, path: string, body: unknown): Promise<{ id: string; link: { url: string } }> {
  const answer = await fetch(`${product.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${product.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect([path, answer.ok]).toEqual([path, true]);
  return (await answer.json()) as { id: string; link: { url: string } };
}

let people = 0;

async function signIn(role: Role, teams: string[]): Promise<string> {
  people += 1;
  const { link } = await call("POST", "/people", { name: `${role} ${people} of ${teams.join()}`, role, teams });
  const answer = await fetch(`${product.url}/api/v1/session/link`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: new URL(link.url).hash.slice(1) }),
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? "";
}

let pages: string[];

beforeAll(async () => {
  product = await startProduct({ TIDEMARK_DASHBOARD: "private" });
  await call("PUT", "/event-types/EndSong", { owner: "ads", tier: "high" });
  const smtp = { host: "mail.example.com" };
  await call("PUT", "/channels/mail", { type: "email", to: ["planted.recipient@example.com"], smtp, owner: "ads" });
  await call("PUT", "/channels/hook", { type: "webhook", url: "https://hooks.example.com/planted-path", owner: "ads" });
  await call("PUT", "/event-types/EndSong/consumers/job", { contact: "planted.contact@example.com", owner: "ads" });
  const url = "https://jobs.example.com/planted-subscription";
  const { id } = await call("POST", "/subscriptions", {
    eventType: "EndSong",
    consumer: "job",
    url,
    events: ["complete"],
  });
  subscription = id;
  await call("PUT", "/datacenters/ams", { activeFrom: hour });
  await call("PUT", "/event-types/Claimed", { owner: "ads", tier: "high", datacenters: ["ams"], activeFrom: hour });
  await call("PUT", "/rules/quiet", {
    metric: "datacenter_silence",
    threshold: "1h",
    for: "0s",
    severity: "ticket",
    owner: "ads",
  });
  await call("PUT", "/on-call-schedules/ads", {
    timeZone: "UTC",
    people: [{ name: "Ada Lind", channels: ["mail"] }],
    layers: [{ name: "weekly", people: ["Ada Lind"], rotation: "weekly", startsOn: "2026-11-30" }],
  });
  await call("PUT", "/deployment-hooks/github", {
    provider: "github",
    secret: { env: "TIDEMARK_SECRET_HOOK" },
    mappings: [{ match: ".*", component: "exporter" }],
  });
  await call("PUT", "/sources/google", {
    cloudMonitoring: { project: "my-project", jobs: [{ match: "etl", eventType: "EndSong", datacenter: "ams" }] },
  });
  await until("the hour is judged", async () => {
    const headers = { authorization: `Bearer ${product.token}` };
    return (await fetch(`${product.url}/api/v1/event-types/Claimed/hours/${hour}`, { headers })).status === 200;
  });
  const runtime = await readRuntime(product.dataFolder);
  open = await startWeb(product, { DATABASE_URL: runtime?.databaseUrl ?? "" });
  pages = ["/alerts/channels", "/alerts/channels/mail", "/alerts/channels/hook", "/consumers"].concat(
    ["/event-types/EndSong", "/event-types/EndSong/settings", "/alerts/deliveries", "/", "/alerts"],
    [`/consumers/subscriptions/${id}`],
  );
});
afterAll(async () => {
  await open?.stop();
  await product?.stop();
});

const pathOf = ({ path }: Rule) => path.replace(":hour", hour).replace(":subscription", subscription);

async function statusesOf(url: string, who: keyof Omit<Rule, "path">, cookie = ""): Promise<[string, number][]> {
  const found: [string, number][] = [];
  for (const rule of Object.values(pageRules)) {
    const answer = await fetch(`${url}${pathOf(rule)}`, { headers: { cookie }, redirect: "manual" });
    await answer.arrayBuffer();
    found.push([rule.path, answer.status]);
  }
  expect(found).toEqual(Object.values(pageRules).map((rule) => [rule.path, rule[who]]));
  return found;
}

describe("every page and route", () => {
  test("answers strangers of a private dashboard, and visitors of an open one, as its rule says", async () => {
    await statusesOf(product.url, "stranger");
    await statusesOf(open.url, "visitor");
  });

  test.each(roles)("answers a %s as its rule says, of the team that owns the objects or of another", async (role) => {
    for (const team of ["ads", "payments"]) await statusesOf(product.url, "person", await signIn(role, [team]));
  });

  test("the icon is for everyone, before signing in too", async () => {
    expect((await fetch(`${product.url}/icon.svg`)).status).toBe(200);
  });
});

async function seenBy(cookie: string): Promise<string[]> {
  let text = "";
  for (const path of pages) {
    const answer = await fetch(`${product.url}${path}`, { headers: { cookie }, redirect: "manual" });
    expect([path, answer.status]).toEqual([path, 200]);
    text += await answer.text();
  }
  return needles.filter((needle) => text.includes(needle));
}

test("members of the team read their addresses on the pages, and administrators all of them", async () => {
  expect(await seenBy(await signIn("editor", ["ads"]))).toEqual(needles);
  expect(await seenBy(await signIn("admin", []))).toEqual(needles);
});

test("responders and other teams' editors read contacts, viewers no address", async () => {
  expect(await seenBy(await signIn("responder", ["ads"]))).toEqual(["planted.contact@"]);
  expect(await seenBy(await signIn("editor", ["payments"]))).toEqual(["planted.contact@"]);
  expect(await seenBy(await signIn("viewer", ["ads"]))).toEqual([]);
});

test("a page names the team that its object belongs to", async () => {
  const cookie = await signIn("viewer", ["payments"]);
  const page = await (await fetch(`${product.url}/alerts/channels/mail`, { headers: { cookie } })).text();
  expect(page).toMatch(/Belongs to team (?:<!-- -->)?ads/);
});
