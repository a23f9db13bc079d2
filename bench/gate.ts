// npm run bench:gate [-- --waiters 5000 --rounds 3]
// How long after a verdict's commit waiting jobs are answered by the product's own web process, beside a bare Node server
// that answers as many held requests on an event; and the memory per waiter.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

import type { Answered, HoldOrder } from "./gate-client.ts";
import { openGateStory } from "./gate-story.ts";
import { describeMachine, formatTable, percentile, processorSeconds, residentBytes } from "./machine.ts";
import { startBenchPostgres } from "./postgres.ts";
import { startWebProcess } from "./web-process.ts";

const { values } = parseArgs({
  options: { waiters: { type: "string", default: "5000" }, rounds: { type: "string", default: "3" } },
});
const waiters = Number(values.waiters);
const rounds = Number(values.rounds);
const clientProcesses = 4;
const webPort = 3998;
const typesOfMany = 500;

/** A server that holds requests and answers them on command. */
interface Subject {
  what: string;
  port: number;
  token: string;
  pid: number;
  /** The n-th waiter's request. */
  pathOf(waiter: number): string;
  held(): Promise<number>;
  /** Makes the hours ready; the wall-clock millisecond just before the commit. */
  release(): Promise<number>;
  prepare(): Promise<void>;
}

const postgres = await startBenchPostgres();
const undo: (() => Promise<unknown>)[] = [postgres.stop];
try {
  const web = await startWebProcess(postgres.url, webPort);
  undo.push(web.stop);
  const story = await openGateStory(postgres.url, web, typesOfMany);
  undo.push(story.close);
  const reference = fork(join(import.meta.dirname, "gate-reference.ts"));
  undo.push(async () => reference.disconnect());
  const { port } = await nextMessage<{ port: number }>(reference);
  const clients = Array.from({ length: clientProcesses }, () => fork(join(import.meta.dirname, "gate-client.ts")));
  undo.push(async () => {
    for (const client of clients) client.disconnect();
  });

  const gateOf = (type: string, round: number) =>
    `/api/v1/event-types/${type}/hours/${story.hourOfRound(round)}/ready?wait=60`;
  const heldByWeb = async () => Number(/^tidemark_gate_held_requests (\d+)/m.exec(await web.get("/metrics"))?.[1] ?? 0);
  const rows: string[][] = [];
  for (let round = 0; round < rounds + 1; round += 1) {
    const one = round * 2;
    const many = round * 2 + 1;
    const body = await story.answerLike();
    const subjects: Subject[] = [
      {
        what: "reference: bare Node server, one event",
        port,
        token: "",
        pid: reference.pid ?? 0,
        pathOf: () => "/",
        held: async () => Number(await (await fetch(`http://127.0.0.1:${port}/held`)).text()),
        prepare: async () => undefined,
        release: async () => {
          const atMs = performance.timeOrigin + performance.now();
          reference.send({ body });
          return atMs;
        },
      },
      {
        what: "all for one hour of one type",
        ...web,
        pathOf: () => gateOf("Event0000", one),
        held: heldByWeb,
        prepare: () => story.prepare(["Event0000"], one),
        release: () => story.release(["Event0000"], one),
      },
      {
        what: `for an hour of each of ${typesOfMany} types`,
        ...web,
        pathOf: (waiter) => gateOf(story.types[waiter % typesOfMany] ?? "", many),
        held: heldByWeb,
        prepare: () => story.prepare(story.types, many),
        release: () => story.release(story.types, many),
      },
    ];
    for (const subject of subjects) {
      const { times, ready, beforeMib, holdingMib } = await measure(subject, clients);
      const memory = [
        beforeMib.toFixed(0),
        holdingMib.toFixed(0),
        (((holdingMib - beforeMib) * 1024) / waiters).toFixed(0),
      ];
      // The first round warms everything up; it shows the memory per waiter best, in a fresh heap.
      rows.push([subject.what, round === 0 ? "warm-up" : String(round), ...times, String(ready), ...memory]);
      process.stderr.write(`${rows.at(-1)?.join(" | ")}\n`);
    }
  }
  const header = [
    "what",
    "round",
    "p50 ms",
    "p99 ms",
    "max ms",
    "its CPU, ms",
    "ready",
    "RSS before, MiB",
    "holding, MiB",
    "KiB a waiter",
  ];
  const inTurn = rows.sort((a, b) => ((a[0] ?? "") < (b[0] ?? "") ? -1 : 1));
  process.stdout.write(
    `${describeMachine()}; ${waiters} waiters, ${clientProcesses} client processes on the same machine\n\n`,
  );
  process.stdout.write(`${formatTable(header, inTurn)}\n`);
} finally {
  for (const step of undo.reverse()) await step().catch((error) => process.stderr.write(`${error}\n`));
}

interface Measured {
  /** Of every answer's last byte, at its client: p50, p99, max; then the subject's CPU time from the last report to the last answer. */
  times: string[];
  ready: number;
  beforeMib: number;
  holdingMib: number;
}

async function measure(subject: Subject, clients: readonly ChildProcess[]): Promise<Measured> {
  await subject.prepare();
  const beforeMib = await residentMib(subject.pid);
  const answers = clients.map((client, index) => {
    const paths = Array.from({ length: waiters }, (_, waiter) => waiter)
      .filter((waiter) => waiter % clients.length === index)
      .map(subject.pathOf);
    const answered = nextMessage<Answered>(client);
    client.send({ port: subject.port, token: subject.token, paths } satisfies HoldOrder);
    return answered;
  });
  for (let held = 0; held < waiters; held = await subject.held())
    await new Promise((resolve) => setTimeout(resolve, 250));
  // A pause: the cost of arriving must not count as the cost of waking.
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const holdingMib = await residentMib(subject.pid);
  const usedBefore = (await processorSeconds(subject.pid)) ?? Number.NaN;
  const committedAtMs = await subject.release();
  const answered = await Promise.all(answers);
  const used = ((await processorSeconds(subject.pid)) ?? Number.NaN) - usedBefore;
  const times = answered.flatMap(({ atMs }) => atMs.map((ms) => ms - committedAtMs));
  const at = (share: number) => percentile(times, share).toFixed(0);
  const ready = answered.reduce((sum, { statuses }) => sum + (statuses["200"] ?? 0), 0);
  return { times: [at(0.5), at(0.99), at(1), (used * 1000).toFixed(0)], ready, beforeMib, holdingMib };
}

async function residentMib(pid: number): Promise<number> {
  return ((await residentBytes(pid)) ?? Number.NaN) / 2 ** 20;
}

function nextMessage<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => reject(new Error(`A process of the benchmark ended with ${code}.`));
    child.once("exit", onExit);
    child.once("message", (message) => {
      child.off("exit", onExit);
      resolve(message as Message);
    });
  });
}
