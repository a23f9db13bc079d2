// Seeded incidents of every kind, lived minute by minute through the product's diagnosis and compared with what really happened, among
// innocent deployments: see docs/performance-causes.md. `-- --incidents 10000 --seed 1000`. `--wrong` prints incidents with wrong minutes.
import { parseArgs } from "node:util";
import { liveThrough } from "#simulator/drill/live-through.ts";
import { addLived, addScore, emptyScore, header, rowOf, type Score } from "#simulator/drill/score.ts";
import { makeWorld, type WorldKind, worldKinds } from "#simulator/drill/world.ts";
import { describeMachine, formatTable } from "./machine.ts";

const { values } = parseArgs({
  options: {
    incidents: { type: "string", default: "10000" },
    seed: { type: "string", default: "1000" },
    wrong: { type: "boolean", default: false },
  },
});
const [runs, seed] = [Number(values.incidents), Number(values.seed)];
const startedMs = performance.now();
const scores = new Map<WorldKind, Score>(worldKinds.map((kind) => [kind, emptyScore()]));

for (let run = 0; run < runs; run++) {
  const world = makeWorld(seed + run);
  const lived = liveThrough(world);
  addLived(scores.get(world.kind) as Score, lived);
  if (!values.wrong) continue;
  for (const { datacenter, trouble, openedMs, truth, said, changes } of lived) {
    const wrong = said.filter(({ right }) => !right);
    const last = said.at(-1)?.diagnosis;
    const offMinutes = last ? (last.onset.at.getTime() - truth.fromAt.getTime()) / 60_000 : Number.NaN;
    if (wrong.length === 0 && Math.abs(offMinutes) <= 5 && changes <= 1) continue;
    const codes = [
      ...new Set(
        wrong.map(
          ({ diagnosis }) =>
            `${diagnosis?.cause.code} ${diagnosis?.cause.stage ?? ""} ${diagnosis?.cause.deploymentId ?? ""}`,
        ),
      ),
    ];
    const from = world.incidents.map(
      (each) =>
        `${each.kind} ${each.dc} +${(each.fromAt.getTime() - truth.fromAt.getTime()) / 60_000} to +${(each.toAt.getTime() - truth.fromAt.getTime()) / 60_000}${"rate" in each ? ` rate ${each.rate.toFixed(2)}` : ` share ${each.share.toFixed(2)}`}${each.eventTypes ? ` ${each.eventTypes.length}t` : ""}`,
    );
    process.stdout.write(
      `seed ${world.seed} ${datacenter}/${trouble}: ${wrong.length} of ${said.length} minutes wrong, page +${(openedMs - truth.fromAt.getTime()) / 60_000}, onset ${offMinutes.toFixed(1)} ${last?.onset.source}, changes ${changes}, of ${world.simulation.fleet.eventTypes.length}t; said ${codes.join(" | ")}; true ${from.join(" | ")}\n`,
    );
  }
}

const all = emptyScore();
for (const score of scores.values()) addScore(all, score);
const seconds = (performance.now() - startedMs) / 1000;
process.stdout.write(`${describeMachine()}; ${runs} runs from seed ${seed}, ${seconds.toFixed(0)} s on one core\n\n`);
const rows = [...scores].map(([kind, score]) => rowOf(kind, score));
process.stdout.write(`${formatTable(header, [...rows, rowOf("all", all)])}\n`);
