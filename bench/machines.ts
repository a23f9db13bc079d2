// npm run bench:machines [-- ingest|evaluate|board|types …]: all parts, or the given ones. What more processes bring, and what more types cost.
// ingest, evaluate: 1, 2 and 4 processes on one database; board: 1 and 2 web processes behind nginx; types: a verdict among 10 to 10,000 types.
import { loadavg } from "node:os";
import { describeMachine } from "./machine.ts";
import { measureBoard } from "./machines-board.ts";
import { measureEvaluate } from "./machines-evaluate.ts";
import { measureIngest } from "./machines-ingest.ts";
import { measureTypes } from "./machines-types.ts";

const parts = { ingest: measureIngest, evaluate: measureEvaluate, board: measureBoard, types: measureTypes };
const named = process.argv.slice(2);
const unknown = named.find((part) => !(part in parts));
if (unknown !== undefined) {
  process.stderr.write(`There is no part "${unknown}": name any of ${Object.keys(parts).join(", ")}.\n`);
  process.exit(1);
}
for (const [part, measure] of Object.entries(parts)) {
  if (named.length > 0 && !named.includes(part)) continue;
  const table = await measure();
  process.stdout.write(`${describeMachine()}; load ${(loadavg()[0] ?? 0).toFixed(1)}.\n\n${table}\n\n`);
}
