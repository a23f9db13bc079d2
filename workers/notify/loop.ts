import type { TurnName } from "#domain/turn.ts";
import { type SubscriptionContext, subscriptionProducer } from "#server/consumers/index.ts";
import { listen } from "#server/db/notifications.ts";
import { lineageProducer, type PostLineage } from "#server/lineage/index.ts";
import { channelProducer, findBlindness, type NotifyContext, resendAlerts } from "#server/notifications/index.ts";
import { outboxChannel, type Producer, runDispatcher } from "#server/outbox/index.ts";
import { Bell } from "#server/process/bell.ts";
import type { Log } from "#server/process/log.ts";
import { recordDuties, type TurnLog } from "#server/turns/index.ts";
import { repeat, underLease } from "../loop-parts.ts";
import { Trouble } from "../trouble.ts";
import { sendWhatRested } from "./amendments-loop.ts";
import { type PostAudit, streamAudit } from "./audit-loop.ts";
import { runTimers } from "./timers-loop.ts";

export interface NotifyDeps {
  ctx: NotifyContext & SubscriptionContext;
  /** This process among those that notify. */
  instance: string;
  log: Log;
  turns: TurnLog;
  signal: AbortSignal;
  /** Pub/Sub ingest is configured too. */
  pubsub: boolean;
  /** Pings the external watchdog; returns a sentence on failure. null: there is none. */
  pingWatchdog: (() => Promise<string | null>) | null;
  /** Sends a part of the audit log to its webhook. null: there is none. */
  postAudit: PostAudit | null;
  /** Sends a run event to the OpenLineage backend. null: there is none. */
  postLineage: PostLineage | null;
  /** Waits this many real milliseconds, or until the signal aborts. */
  pause(realMs: number): Promise<void>;
}

const lookEveryMs = 1_000;
const minuteMs = 60_000;
const recordEveryMs = 10_000;
const lease = { lease: "notify-minute", seconds: 15 };

/** Decides and sends notifications and consumers' messages until the signal aborts. Any number of processes may run it. */
export async function notify(deps: NotifyDeps): Promise<void> {
  const { ctx, log, turns, signal } = deps;
  const bells: Bell[] = [];
  const openBell = () => {
    const bell = new Bell();
    bells.push(bell);
    return bell;
  };
  /** null: no duty of Tidemark's hangs on it, so it has no pulse. */
  const dispatch = (producer: Producer, turn: TurnName | null) => {
    const trouble = new Trouble(log, `Sending messages (${producer.name})`);
    return runDispatcher({
      ctx,
      producer,
      bell: openBell(),
      signal,
      onLooked() {
        if (turn) turns.completed(turn);
        trouble.passed();
      },
      onFailed(error) {
        trouble.failed(error, "trying again in seconds");
        if (turn) turns.ended(turn);
      },
    });
  };
  const loops = [
    runTimers({ ctx, log, turns, signal, openBell }),
    // Apart, so that consumers' receivers that hang cannot use up what pages need.
    dispatch(channelProducer(ctx), "send-notifications"),
    dispatch(subscriptionProducer(ctx), "send-webhooks"),
    ...(deps.postLineage ? [dispatch(lineageProducer(deps.postLineage), null)] : []),
    sendWhatRested(deps),
    resendToAlertmanagers(deps),
    watch(deps),
    ...(deps.postAudit ? [streamAudit(deps, deps.postAudit)] : []),
  ];
  const ring = () => {
    for (const bell of bells) bell.ring();
  };
  // What was written while the connection was broken is found too.
  const listener = listen({
    url: ctx.database.directUrl,
    channel: outboxChannel,
    onNotification: ring,
    onConnected: ring,
  });
  await Promise.all(loops).finally(() => listener.close());
}

async function resendToAlertmanagers(deps: NotifyDeps): Promise<void> {
  const { ctx, pause } = deps;
  const inFlight = new Map<string, number>();
  await repeat(deps, {
    turn: "resend-alerts",
    what: "Resending alerts to Alertmanager",
    async work() {
      await resendAlerts({ ctx, inFlight });
      return true;
    },
    pause: () => pause(lookEveryMs),
  });
}

/** Records what is behind, and pings the external watchdog each minute of real time, by one process. */
async function watch(deps: NotifyDeps): Promise<void> {
  const { ctx, log, signal, pubsub, pause } = deps;
  const trouble = new Trouble(log, "The minute's look after Tidemark");
  await underLease(deps, lease, async (mayWork) => {
    let doneMs = Number.NEGATIVE_INFINITY;
    let recordedMs = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      try {
        const works = await mayWork();
        // The web process does it too: either may be the one that is down.
        if (works && performance.now() - recordedMs >= recordEveryMs) {
          recordedMs = performance.now();
          await recordDuties(ctx.database.sql, { clock: ctx.clock, pubsub });
        }
        if (works && performance.now() - doneMs >= minuteMs) {
          doneMs = performance.now();
          await pingWatchdogOnce(deps);
        }
        trouble.passed();
      } catch (error) {
        trouble.failed(error, "retrying in 1 s");
      }
      await pause(lookEveryMs);
    }
  });
}

async function pingWatchdogOnce({ ctx, log, pubsub, pingWatchdog }: NotifyDeps): Promise<void> {
  if (!pingWatchdog) return;
  const blindness = await findBlindness(ctx.database.sql, { clock: ctx.clock, pubsub });
  if (blindness) return log.error({ blindness }, "Tidemark is blind: the external watchdog is not pinged.");
  const failure = await pingWatchdog();
  if (failure) log.warn({ failure }, "The external watchdog could not be pinged.");
}
