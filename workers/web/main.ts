import "./own-folder.ts";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import next from "next";
import { readConfig, requireKnownSettings } from "#server/config.ts";
import { wasAwaySince } from "#server/db/last-outage.ts";
import { addressHeader } from "#server/http/rate-limits.ts";
import { openedRuntime, runtime } from "#server/http/runtime.ts";
import { createLog } from "#server/process/log.ts";
import { endWithParent } from "#server/process/parent-process.ts";
import { sendPulse } from "#server/process/pulse.ts";
import { basePathOf, withBasePath, withoutBasePath } from "#server/settings/base-path.ts";
import { notePlainSecrets } from "#server/settings/plain-secrets.ts";
import { requireDatabaseUrl } from "#server/settings/required-settings.ts";
import { checkAdminToken } from "#server/settings/sign-in.ts";
import { refuseStartOnConfigError } from "../refuse-start.ts";
import { answerApi, isApiCall } from "./answer-api.ts";
import { requireBuild } from "./build.ts";
import { createWebServer } from "./create-web-server.ts";
import { createDoor } from "./door.ts";
import { createDrain } from "./drain.ts";
import { logConsole } from "./log-console.ts";
import { createSafetyHeaders } from "./safety-headers.ts";
import { SlowRefusals } from "./slow-refusals.ts";

const pulseMs = 2_000;
/** For requests in progress when no more are accepted. */
const patienceMs = 6_000;
/** For what is left when the last connection has ended. */
const closingMs = 3_000;
const outageRetrySeconds = "5";

refuseStartOnConfigError();
requireKnownSettings();
const config = readConfig();
requireDatabaseUrl(config);
const log = createLog({ name: "web", level: config.TIDEMARK_LOG_LEVEL, format: config.TIDEMARK_LOG_FORMAT });
logConsole(log);
for (const weakness of [checkAdminToken(config), notePlainSecrets(config)]) if (weakness !== null) log.warn(weakness);
const basePath = basePathOf(config.TIDEMARK_PUBLIC_URL);
await requireBuild(basePath);
const app = next({ dev: false, dir: join(import.meta.dirname, "../.."), hostname: config.HOST, port: config.PORT });
await app.prepare();
const handle = app.getRequestHandler();
const slow = new SlowRefusals();
const listed = {
  listens: config.HOST,
  publicUrl: config.TIDEMARK_PUBLIC_URL,
  allowed: config.TIDEMARK_ALLOWED_HOSTS,
  trustedProxies: config.TIDEMARK_TRUSTED_PROXIES,
};
const isRefused = createDoor(listed, slow);
const secure = createSafetyHeaders(config.TIDEMARK_PUBLIC_URL);
const server = createWebServer((request, response) => {
  secure(request, response);
  request.url = withoutBasePath(request.url ?? "/", basePath);
  if (isRefused(request, response)) return;
  const answered = isApiCall(request) ? answerCall(request, response) : answerPage(request, response);
  answered.catch((error: unknown) => {
    log.error({ err: error, url: request.url }, "A request failed outside the app.");
    response.destroy();
  });
}, slow);

async function answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const address = String(request.headers[addressHeader]);
  return answerApi(request, response, (await runtime()).fetch, (status) => slow.hold(address, status));
}

function answerPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  postponeInOutage(response);
  request.url = withBasePath(request.url ?? "/", basePath);
  return handle(request, response);
}

/**
 * A page that failed because the database went away while it was made says so by its status: 503, come back. From two seconds after the
 * outage began no page is made at all (proxy.ts).
 */
function postponeInOutage(response: ServerResponse): void {
  const startedMs = performance.now();
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || !wasAwaySince(startedMs)) return writeHead(status, ...rest);
    response.setHeader("retry-after", outageRetrySeconds);
    return writeHead(503, ...rest);
  };
}

const drain = createDrain(server);
const drainMs = config.TIDEMARK_DRAIN * 1000;
endWithParent(
  async () => {
    (await openedRuntime())?.stopServing();
    drain.begin();
    await sleep(drainMs);
    await (await openedRuntime())?.release();
    await drain.finish(patienceMs);
    await (await openedRuntime())?.close();
  },
  drainMs + patienceMs + closingMs,
);

setInterval(sendPulse, pulseMs).unref();

server.once("error", (error) => {
  log.fatal({ err: error }, `Cannot listen on ${config.HOST}:${config.PORT}.`);
  process.exit(1);
});
server.listen(config.PORT, config.HOST, () => log.info(`Listening on ${config.HOST}:${config.PORT}.`));
