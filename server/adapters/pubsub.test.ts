import { expect, test } from "vitest";
import { explain } from "./pubsub.ts";

const subscription = "projects/p/subscriptions/s";
const failure = (code: number) => Object.assign(new Error("in Google's words"), { code });

test("a failure says what to do, whichever side gave up first", () => {
  expect(explain(failure(4), subscription).message).toBe("no answer from Pub/Sub within 10 s");
  expect(explain(failure(5), subscription).message).toContain("create it, or check PUBSUB_SUBSCRIPTION");
  expect(explain(failure(7), subscription).message).toContain("grant this machine's service account");
  expect(explain(failure(14), subscription).message).toBe("in Google's words");
});
