import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The slowest first: one that starts last delays the run while other cores are idle. Vitest knows durations only from earlier runs,
 * and else starts with the largest file.
 */
export const slow = [
  "server/alerts/drills.int.test.ts",
  "server/explain/explain-incidents.int.test.ts",
  "server/alerts/quiet-week.int.test.ts",
  "workers/faults.int.test.ts",
  "cli/cli.int.test.ts",
  "workers/notify/digest-drills.int.test.ts",
  "server/db/embedded-postgres.int.test.ts",
  "server/facts/flights.int.test.ts",
  "test/product/flights-pubsub.product.test.ts",
  "test/product/hostile.product.test.ts",
  "test/product/frozen-worker.product.test.ts",
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
