import { afterAll, beforeAll, expect, test } from "vitest";
import type { Role } from "#domain/access/role.ts";
import { type Product, startProduct } from "./start-product.ts";

// What the pages say of addresses before any script has run: they are read with the rights of their visitor.
let product: Product;
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

async function signIn(role: Role, teams: string[]): Promise<string> {
  const { link } = await call("POST", "/people", { name: `${role} of ${teams.join()}`, role, teams });
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
  pages = ["/alerts/channels", "/alerts/channels/mail", "/alerts/channels/hook", "/consumers"].concat(
    ["/event-types/EndSong", "/event-types/EndSong/settings", "/alerts/deliveries", "/", "/alerts"],
    [`/consumers/subscriptions/${id}`],
  );
});
afterAll(() => product?.stop());

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
