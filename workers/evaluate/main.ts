import { onJudgedBy } from "../on-judged.ts";
import { openWorker } from "../open-worker.ts";
import { moveFacts } from "./corrections-loop.ts";
import { evaluate } from "./loop.ts";

// Time makes hours due without any message: checked this often, in the product's time.
const dueEveryMs = 1_000;

const worker = openWorker({
  name: "evaluate",
  work: "judge",
  turns: ["create-hours", "judge", "judge-running", "judge-again", "corrections", "purges"],
  maxConnections: 4,
});
const { speed } = worker.parts.ctx.clock;
const waitForFacts = worker.waitFor("tidemark_dirty");
const evaluating = evaluate({
  ...worker.parts,
  onJudged: onJudgedBy(worker.config),
  awaitWork: (atMostMs) => waitForFacts(Math.min(dueEveryMs, atMostMs * speed)),
});
const movingFacts = moveFacts({ ...worker.parts, wait: worker.wait });
worker.endAfter([evaluating, movingFacts]);
