import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { longProductTests, longTests } from "./long-tests.ts";

/**
 * The slowest first: one that starts last delays the run while other cores are idle. Vitest knows durations only from earlier runs,
 * and else starts with the largest file.
 */
export const slow = [
  ...longTests,
  "cli/cli.int.test.ts",
  "workers/ingest/kafka.int.test.ts",
  "workers/collect/stores.int.test.ts",
  "server/consumers/amendments.int.test.ts",
  "server/http/slo.int.test.ts",
  "server/slo/roll-up-slo.int.test.ts",
  "server/facts/write-batch.int.test.ts",
  "server/board/board-memory.int.test.ts",
  "server/http/ready-range.int.test.ts",
  "server/catalogue/past-hours.int.test.ts",
  "server/facts/flights.int.test.ts",
  ...longProductTests,
  "test/product/subscription.product.test.ts",
  "test/product/getting-started.product.test.ts",
];

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placeOf = ({ moduleId, project }: TestSpecification) => {
      const place = slow.indexOf(relative(project.config.root, moduleId));
      return place === -1 ? slow.length : place;
    };
    // Projects are already sorted, and stay separate.
    return [...Map.groupBy(sorted, ({ project }) => project.name).values()].flatMap((ofProject) =>
      ofProject.toSorted((a, b) => placeOf(a) - placeOf(b)),
    );
  }
}
