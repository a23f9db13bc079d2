import { describe, expect, test } from "vitest";
import { whyNoNetwork } from "#test/fleet/network.ts";
import { describeDrill, violationsOf } from "./report-drill.ts";
import { runDrill } from "./run-drill.ts";

const noNetwork = whyNoNetwork();
const needs = { meta: { needs: "network namespaces and loop devices (root, iproute2 and e2fsprogs)" } };
/** What two cores hold beside three machines' processes. `npm run drill` is half an hour at 5,000. */
const [minutes, rate] = [3, 1_000];

describe.skipIf(noNetwork !== null)(
  "three machines, a primary and its standby under faults of every kind",
  needs,
  () => {
    test("what is acknowledged is judged, and every due page arrives once", async () => {
      const result = await runDrill({
        minutes,
        rate,
        seed: 1,
        say: (sentence) => process.stdout.write(`${sentence}\n`),
      });
      process.stdout.write(`${describeDrill(result)}\n`);
      expect(violationsOf(result)).toEqual([]);
      expect(result.pages.length).toBeGreaterThan(10);
    });
  },
);
