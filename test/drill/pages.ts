import { setTimeout as sleep } from "node:timers/promises";
import type { Hour } from "#domain/hour.ts";
import { until } from "#test/until.ts";
import type { WebhookReceiver } from "#test/webhook-receiver.ts";
import type { PagedType } from "../../bench/page-catalogue.ts";
import { closing, recovery } from "../../bench/page-facts.ts";
import type { DrillLoad } from "./load.ts";

/** Of Alertmanager's format, as far as it is looked at. */
interface PageBody {
  status: string;
  alerts: { status: string; labels: { alertname?: string; eventType?: string }; generatorURL: string }[];
}

export interface Page {
  eventType: string;
  /** By webhook-id, how often it was sent: a key that comes again is the same page. */
  sent: Map<string, number>;
  /** From the acknowledgement of the fact to the first arrival; null: none came. */
  tookMs: number | null;
  incident: string | null;
}

export interface Pages {
  /** Those due so far. */
  readonly due: readonly Page[];
  /** What arrived and was not due. */
  undue(): string[];
  /** Makes no more due; settles once those that are have arrived, or not within two minutes. */
  stop(): Promise<void>;
}

const arrivalSeconds = 120;

/**
 * One page after another becomes due: an hour with a loss is closed. Once its page has arrived, the missing events do too, so that its
 * condition ends.
 */
export function startPages(terms: {
  paged: readonly PagedType[];
  hour: Hour;
  everyMs: number;
  load: DrillLoad;
  receiver: WebhookReceiver;
}): Pages {
  const { paged, hour, everyMs, load, receiver } = terms;
  const due = new Map<string, Page>();
  let isOver = false;
  const open = async (type: PagedType) => {
    await load.post([closing(type, hour)]);
    const page: Page = { eventType: type.name, sent: new Map(), tookMs: null, incident: null };
    due.set(type.name, page);
    const acknowledgedAtMs = performance.timeOrigin + performance.now();
    const first = () => firings(receiver).find(({ eventType }) => eventType === type.name);
    await until("it arrives", async () => first() !== undefined, arrivalSeconds).catch(() => undefined);
    const arrived = first();
    if (!arrived) return;
    page.tookMs = arrived.atMs - acknowledgedAtMs;
    page.incident = arrived.incident;
    await load.post([recovery(type, hour)]);
  };
  const running = (async () => {
    const opened: Promise<void>[] = [];
    for (const type of paged) {
      if (isOver) break;
      opened.push(open(type));
      await sleep(everyMs);
    }
    await Promise.all(opened);
  })();
  return {
    get due() {
      for (const page of due.values()) page.sent.clear();
      for (const { eventType, key } of firings(receiver)) {
        const sent = due.get(eventType ?? "")?.sent;
        sent?.set(key, (sent.get(key) ?? 0) + 1);
      }
      return [...due.values()];
    },
    undue: () =>
      firings(receiver)
        .filter(({ eventType }) => !due.has(eventType ?? ""))
        .map(({ alert, eventType }) => `${alert} of ${eventType ?? "no event type"}`),
    stop() {
      isOver = true;
      return running;
    },
  };
}

function firings(receiver: WebhookReceiver) {
  return receiver.received.flatMap(({ id, body, atMs }) => {
    const { status, alerts } = body as PageBody;
    if (status !== "firing") return [];
    return alerts.map(({ labels, generatorURL }) => ({
      ...{ key: id, atMs, alert: labels.alertname, eventType: labels.eventType },
      incident: generatorURL.split("/").at(-1) ?? null,
    }));
  });
}
