import { z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { getCookie } from "hono/cookie";
import { streamSSE } from "hono/streaming";
import { requireScope } from "#server/access/index.ts";
import type { ChangedNoun } from "#server/verdicts/index.ts";
import type { ApiDeps, ApiEnv } from "./api-deps.ts";
import { isStillIn } from "./authentication.ts";
import { OpenStreams } from "./open-streams.ts";
import { addressOf } from "./rate-limits.ts";
import { TooManyRequests } from "./refusals.ts";
import { needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { sessionCookieName } from "./session-cookie.ts";

/** Changes within it are sent as one event, so clients refetch at most once a second. */
const togetherMs = 1_000;
/** The longest silence: a proxy in between would close an idle connection. */
const beatMs = 15_000;
/** How often a stream looks whether its session or token has ended. */
const lookMs = 1_000;

/** A person has a stream in each visible tab; an address may be a whole company's. */
const mostStreams = { caller: 20, address: 200, process: 2_000 };
const retryAfterSeconds = 30;

const route = tagged("status").get("/changes", needs("read"), {
  operationId: "watchChanges",
  summary: "Stream changes",
  description: `Server-sent events. \`event: changed\` with the nouns in \`data\`, such as \`["verdicts"]\`, at most once a second, after the commit. Reload what you show.
The first one means that the stream is open. \`: beat\` comments come between. A stream ends when Tidemark stops, and within five seconds of its session's or token's end; EventSource reconnects by itself.
A session or token may have 20 open, an address 200 and each process 2,000: beyond, 429, and polling goes on.`,
  responses: {
    200: {
      description: "The stream.",
      content: {
        "text/event-stream": { schema: z.string().meta({ examples: ['event: changed\ndata: ["verdicts"]\n\n'] }) },
      },
    },
    ...problems(),
  },
});

export function changeRoutes(deps: ApiDeps): ApiRouter {
  const { changes } = deps;
  const cookieName = sessionCookieName(deps);
  const routes = createRouter();
  const open = new OpenStreams(mostStreams.process, mostStreams.address, mostStreams.caller);
  routes.openapi(route, (c) => {
    requireScope(c.var.ctx, "read");
    const leave = open.enter("process", `address ${addressOf(c)}`, callerOf(c, cookieName));
    if (!leave) {
      const sentence = `Too many event streams are open: ${mostStreams.caller} for a session or token, ${mostStreams.address} for an address. Close one, or poll.`;
      throw new TooManyRequests(sentence, retryAfterSeconds);
    }
    const response = streamSSE(c, async (stream) => {
      const changed = new Set<ChangedNoun>();
      let wake: () => void = () => undefined;
      const release = changes.subscribe((noun) => {
        changed.add(noun);
        wake();
      });
      const end = () => {
        release();
        leave();
        wake();
      };
      stream.onAbort(end);
      changes.closed.addEventListener("abort", end, { once: true });
      await stream.writeSSE({ event: "changed", data: "[]" });
      let beatAtMs = performance.now() + beatMs;
      // A database that cannot say so ends it too: the client comes back.
      const isIn = () => isStillIn(c, deps).catch(() => false);
      while (!stream.aborted && !changes.closed.aborted && (await isIn())) {
        if (changed.size > 0) {
          const nouns = [...changed];
          changed.clear();
          await stream.writeSSE({ event: "changed", data: JSON.stringify(nouns) });
          beatAtMs = performance.now() + beatMs;
          await stream.sleep(togetherMs);
        } else if (performance.now() >= beatAtMs) {
          await stream.write(": beat\n\n");
          beatAtMs = performance.now() + beatMs;
        } else await elapsed(lookMs, (resume) => (wake = resume));
      }
      changes.closed.removeEventListener("abort", end);
      end();
    });
    // no-transform: a compressing proxy would hold the events back.
    response.headers.set("cache-control", "no-store, no-transform");
    // nginx would hold them back too.
    response.headers.set("x-accel-buffering", "no");
    return response;
  });
  return routes;
}

/** A browser's session, or a program's token. */
function callerOf(c: HonoContext<ApiEnv>, cookieName: string): string {
  const session = c.req.header("authorization") === undefined ? getCookie(c, cookieName) : undefined;
  return session === undefined ? (c.get("caller") ?? "unknown") : `session ${session}`;
}

/** Until the time has passed or `wake` was called. */
function elapsed(ms: number, giveWake: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    giveWake(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
