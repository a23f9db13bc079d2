import { describeMachine, formatTable, percentile } from "../../bench/machine.ts";
import type { DrillResult } from "./run-drill.ts";

/** An instance that lived shorter in the second half is still growing to its working size. */
const judgedLifeMs = 5 * 60_000;
/** A leak of 40 bytes a report at 5,000 a second would be 11 MiB a minute. */
const mostMibPerMinute = 4;
const mostMib = 1_536;

/** What the drill holds to be wrong; empty: it passed. */
export function violationsOf(result: DrillResult): string[] {
  const { faults, counted, refusals, verdicts, pages, undue, unresolved, behind, memory } = result;
  const keys = (page: (typeof pages)[number]) => page.sent.size;
  return [
    ...(counted.acknowledged === counted.sent
      ? []
      : [`${counted.sent - counted.acknowledged} messages unacknowledged`]),
    ...[...refusals].map(([said, count]) => `honest reports were answered ${said} (${count} times)`),
    ...verdicts.differences,
    ...pages.filter((page) => keys(page) === 0).map(({ eventType }) => `no page of ${eventType} arrived`),
    ...pages.filter((page) => keys(page) > 1).map((page) => `${keys(page)} pages of ${page.eventType} arrived`),
    ...undue.map((what) => `a page arrived that was not due: ${what}`),
    ...unresolved.map((what) => `an incident did not end: ${what}`),
    ...(behind === null ? [] : [behind]),
    ...faults.flatMap(({ kind, what, failure }) => (failure === null ? [] : [`${kind}, ${what}: ${failure}`])),
    ...memory
      .filter(({ livedMs, mibPerMinute }) => livedMs >= judgedLifeMs && mibPerMinute > mostMibPerMinute)
      .map(({ name, mibPerMinute }) => `${name} grows by ${mibPerMinute.toFixed(1)} MiB a minute`),
    ...memory.filter(({ peakMib }) => peakMib > mostMib).map(({ name }) => `${name} takes more than ${mostMib} MiB`),
  ];
}

/** As in docs/machines.md. */
export function describeDrill(result: DrillResult): string {
  const { options, faults, leftOut, pages, undue, counted, waitedMs, verdicts, memory } = result;
  const seconds = (ms: number) => (ms / 1000).toFixed(1);
  const arrived = pages.filter(({ sent }) => sent.size > 0);
  const doubled = pages.filter(({ sent }) => sent.size > 1).length;
  const again = arrived.reduce(
    (sum, { sent }) => sum + [...sent.values()].reduce((all, one) => all + one, 0) - sent.size,
    0,
  );
  const took = arrived.flatMap(({ tookMs }) => (tookMs === null ? [] : [tookMs]));
  const wrongHours = verdicts.differences.length;
  return [
    `${describeMachine()}; ${options.minutes} min, seed ${options.seed}, ${options.rate.toLocaleString("en-US")} reports/s.`,
    "",
    formatTable(
      ["fault", "what", "lasted s", "no acknowledgement for s"],
      faults.map(({ kind, what, lastedMs, stoodStillMs }) => [kind, what, seconds(lastedMs), seconds(stoodStillMs)]),
    ),
    "",
    formatTable(
      ["", ""],
      [
        ["messages sent and acknowledged", `${n(counted.sent)} and ${n(counted.acknowledged)}`],
        ["messages sent again in storms", n(counted.repeated)],
        [
          "from making a message to its acknowledgement",
          `p50 ${seconds(percentile(waitedMs, 0.5))} s, p99 ${seconds(percentile(waitedMs, 0.99))} s, max ${seconds(percentile(waitedMs, 1))} s`,
        ],
        ["verdicts compared, and wrong ones", `${n(verdicts.compared)} and ${n(wrongHours)}`],
        [
          "pages due, arrived, doubled, not due",
          [pages.length, arrived.length, doubled, undue.length].map(n).join(", "),
        ],
        ["deliveries repeated under the same key", n(again)],
        [
          "from a fact's acknowledgement to its page",
          `p50 ${seconds(percentile(took, 0.5))} s, max ${seconds(percentile(took, 1))} s`,
        ],
      ],
    ),
    "",
    formatTable(
      ["process", "MiB at the start", "peak", "slope of the second half, MiB/min"],
      memory.map(({ name, startMib, peakMib, mibPerMinute, livedMs }) => [
        ...[name, Math.round(startMib), Math.round(peakMib)],
        livedMs >= judgedLifeMs ? mibPerMinute.toFixed(2) : `lived ${Math.round(livedMs / 1000)} s of it`,
      ]),
    ),
    ...(leftOut.length > 0 ? ["", `Left out: ${leftOut.join("; ")}.`] : []),
  ].join("\n");
}

function n(count: number): string {
  return count.toLocaleString("en-US");
}
