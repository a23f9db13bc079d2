// The webServer of playwright.config.ts: the whole product, as `npm start` runs it, on a drill's clock, loaded with a day
// of a fleet and of the flights. Prints one line when all of it is judged, and ends with Playwright however that ends.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { StatusJson } from "#domain/api/board.ts";
import type { PubsubEmulator } from "#server/adapters/pubsub-emulator.ts";
import { endWithParent } from "#server/process/parent-process.ts";
import { readRuntime } from "#server/process/runtime-file.ts";
import { startHalfClosingProxy } from "#test/half-closing-proxy.ts";
import { januaryEndsAt } from "#test/load-january.ts";
import { startOidcProvider } from "#test/oidc-provider.ts";
import { freePort, type Product, startProduct } from "#test/product/start-product.ts";
import { startWeb, type WebProcess } from "#test/product/start-web.ts";
import { hasPubsubEmulator, startTestPubsub } from "#test/pubsub.ts";
import { until } from "#test/until.ts";
import { buildWebApp } from "#workers/web/build.ts";
import { registerConsumers } from "./drill-consumers.ts";
import { drillStartsAt, heartbeat, livingDatacenters, tellDrillDay } from "./drill-day.ts";
import { flightDatacenters, flightsCatalogue, flightsDay } from "./flights-day.ts";
import { loadFlightsMonth } from "./load-flights-month.ts";
import { oidcAccounts } from "./oidc-accounts.ts";
import { publish, unreadableMessage } from "./publish.ts";
import { sendCatalogue, sendEvents } from "./send.ts";

const heartbeatEveryMs = 20_000;
const undo: (() => unknown)[] = [];

async function stop(): Promise<void> {
  for (const step of undo.splice(0).reverse()) await step();
}
endWithParent(stop, 19_000);

try {
  process.stdout.write(`${await start()}\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  await stop();
  process.exit(1);
}

/** Prints the line that playwright.config.ts waits for: the tests find its values in their environment. */
async function start(): Promise<string> {
  // First, so that the drill's clock does not run during the build.
  await buildWebApp({ say: (sentence) => process.stdout.write(`${sentence}\n`) });
  const emulator = hasPubsubEmulator ? await startTestPubsub() : null;
  if (emulator) undo.push(emulator.stop);
  // Without it the emulator may deliver a message to a cancelled stream, again and again, for most of a minute.
  const proxy = emulator && (await startHalfClosingProxy(emulator.host));
  if (proxy) undo.push(proxy.stop);
  const clock = {
    TIDEMARK_CLOCK: `${drillStartsAt} 1x`,
    TIDEMARK_CLOCK_STARTED_AT_MS: String(Date.now()),
  };
  const product = await startProduct({
    PORT: process.env.E2E_PORT ?? "3417",
    TIDEMARK_DASHBOARD: "open",
    ...clock,
    ...(proxy ? { PUBSUB_PROJECT_ID: "e2e", PUBSUB_EMULATOR_HOST: proxy.host } : {}),
  });
  undo.push(product.stop);
  const databaseUrl = (await readRuntime(product.dataFolder))?.databaseUrl ?? "";
  const dashboard = await startPrivate(product, { ...clock, DATABASE_URL: databaseUrl });
  undo.push(dashboard.stop);

  // Side by side: each takes one core.
  const [monthUrl] = await Promise.all([loadFlightsMonth(databaseUrl), loadDay(product, emulator)]);
  const month = await startWeb(product, {
    ...clock,
    TIDEMARK_CLOCK: `${januaryEndsAt} 1x`,
    DATABASE_URL: monthUrl,
    TIDEMARK_DASHBOARD: "open",
  });
  undo.push(month.stop);
  keepAlive(product);
  return `Ready: ${product.url} ${product.token} ${dashboard.url} ${emulator?.host ?? "no-pubsub"} ${month.url}`;
}

/** A private dashboard of the same data, where people sign in at a provider of its own. */
async function startPrivate(product: Product, settings: Record<string, string>): Promise<WebProcess> {
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const provider = await startOidcProvider({ port: await freePort(), publicUrl, accounts: oidcAccounts });
  undo.push(provider.stop);
  return startWeb(product, {
    ...settings,
    PORT: String(port),
    TIDEMARK_PUBLIC_URL: publicUrl,
    TIDEMARK_DASHBOARD: "private",
    TIDEMARK_OIDC_ISSUER: provider.issuer,
    TIDEMARK_OIDC_CLIENT_ID: provider.clientId,
    TIDEMARK_OIDC_CLIENT_SECRET: provider.clientSecret,
    TIDEMARK_OIDC_NAME: "Example ID",
    TIDEMARK_OIDC_SCOPES: "openid profile email groups",
    TIDEMARK_OIDC_ROLES: "admin=sre-leads;editor=data-eng;responder=on-call;viewer=staff",
  });
}

async function loadDay(product: Product, emulator: PubsubEmulator | null): Promise<void> {
  // Facts before claims: every hour is then judged once, with all of them, and has one revision.
  const facts = [...tellDrillDay(), ...flightsDay()];
  await sendEvents(product, facts);
  const fleet = parseAllDocuments(readFileSync(join(import.meta.dirname, "fleet.yaml"), "utf8"));
  await sendCatalogue(product, [...fleet.map((document) => document.toJS()), ...flightsCatalogue()]);
  if (emulator) await publish(emulator.host, unreadableMessage("from-the-start"));
  const rejections = emulator ? 1 : 0;
  await until("every hour is judged", async () => {
    const status = await product.get<StatusJson>("/status");
    const isIn = status.ingest.messages >= facts.length && status.ingest.rejected === rejections;
    return (isIn && status.dirtyHours === 0) || JSON.stringify(status);
  });
  await registerConsumers(product);
}

/** Live reporters send heartbeats; without any, all of them would be silent after 15 minutes. */
function keepAlive(product: { url: string; token: string }): void {
  const startedAtMs = Date.now() - Date.parse(drillStartsAt);
  const timer = setInterval(() => {
    const now = new Date(Date.now() - startedAtMs).toISOString();
    const beats = [...livingDatacenters, ...flightDatacenters].map((dc) => heartbeat(dc, now));
    sendEvents(product, beats).catch((error: Error) => process.stderr.write(`${error.message}\n`));
  }, heartbeatEveryMs);
  undo.push(() => clearInterval(timer));
}
