// npm run drill [-- --minutes 30 --seed 1 --rate 5000 --only kill,cut]
// The whole product on three machines (network namespaces), a primary and its standby, under a fixed rate of reports. A seeded schedule
// (test/drill/schedule.ts) draws one fault after another from a list of kinds (faults.ts), each with a start and an end. Reporters send
// what was not acknowledged again until it is (load.ts), and pages become due one after another (pages.ts), at a receiver outside of the
// machines' network. In the end every verdict is compared with what was counted, every due page must have arrived once, the memory of
// each process must be flat (memory.ts), and nothing may be behind, without a manual act (run-drill.ts, report-drill.ts).
import { parseArgs } from "node:util";
import { faultKinds } from "#test/drill/faults.ts";
import { describeDrill, violationsOf } from "#test/drill/report-drill.ts";
import { runDrill } from "#test/drill/run-drill.ts";
import { whyNoNetwork } from "#test/fleet/network.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string", default: "1" },
    rate: { type: "string", default: "5000" },
    /** Kinds of faults, separated by commas; default: all. */
    only: { type: "string" },
  },
});
const only = values.only?.split(",");
const unknown = only?.filter((name) => !faultKinds.some((kind) => kind.name === name)) ?? [];
if (unknown.length > 0) {
  const known = faultKinds.map(({ name }) => name).join(", ");
  process.stderr.write(`--only: there is no fault ${unknown.join(", ")}. Faults: ${known}.\n`);
  process.exit(2);
}
if (whyNoNetwork() !== null) process.exit(2);
const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
const result = await runDrill({
  ...{ minutes: Number(values.minutes), seed: Number(values.seed), rate: Number(values.rate) },
  ...(only ? { only } : {}),
  signal: ending.signal,
  say: (sentence) => process.stderr.write(`${sentence}\n`),
});
process.stdout.write(`${describeDrill(result)}\n`);
const violations = violationsOf(result);
for (const violation of violations) process.stdout.write(`✗ ${violation}\n`);
if (violations.length === 0) process.stdout.write("✓ Nothing was lost, doubled or left behind.\n");
process.exit(violations.length === 0 ? 0 : 1);
