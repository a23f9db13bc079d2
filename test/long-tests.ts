/**
 * A minute and more each of drills, kills and other people's clients, that seldom break by a change elsewhere: `npm run test:long`, each
 * night and before a release.
 */
export const longTests = [
  "server/alerts/default-rules.int.test.ts",
  "server/alerts/drills.int.test.ts",
  "server/alerts/quiet-week.int.test.ts",
  "server/corrections/corrections.property.int.test.ts",
  "server/db/embedded-postgres.int.test.ts",
  "server/explain/explain-incidents.int.test.ts",
  "server/forecast/forecast.int.test.ts",
  "server/incidents/situation-story.int.test.ts",
  "server/verdicts/retime-hours.property.int.test.ts",
  "simulator/run.int.test.ts",
  "test/packages/airflow.int.test.ts",
  "test/packages/jvm.int.test.ts",
  "workers/faults.int.test.ts",
  "workers/ingest/outages.int.test.ts",
  "workers/notify/digest-drills.int.test.ts",
  "workers/notify/drills.int.test.ts",
];

/** The same of the whole product. */
export const longProductTests = [
  // Builds the pages once more, for another base path.
  "test/product/behind-nginx.product.test.ts",
  "test/product/database-trouble.product.test.ts",
  "test/product/flights-http.product.test.ts",
  "test/product/flights-pubsub.product.test.ts",
  "test/product/frozen-worker.product.test.ts",
  "test/product/hostile.product.test.ts",
  // Builds the pages in another folder too.
  "test/product/moved-build.product.test.ts",
];
