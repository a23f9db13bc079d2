import { expect, test } from "vitest";
import { becameText, deliverySearch } from "./delivery-words.ts";

const delivery = { state: "queued", attempts: 0, withdrawnBecause: null, lastDetail: null } as const;

test.each([
  [delivery, "waiting to be sent"],
  [{ ...delivery, attempts: 2, lastDetail: "503" }, "retrying after 2 attempts: 503"],
  [{ ...delivery, state: "sent", attempts: 1, lastDetail: "200" }, "sent"],
  [{ ...delivery, state: "sent", attempts: 3, lastDetail: "200" }, "sent after 3 attempts"],
  [{ ...delivery, state: "failed", attempts: 1, lastDetail: "404 Not Found" }, "failed after 1 attempt: 404 Not Found"],
  [{ ...delivery, state: "withdrawn", withdrawnBecause: "it was silenced" }, "not sent: it was silenced"],
] as const)("%j", (given, said) => expect(becameText(given)).toBe(said));

test("filters are the list's question", () => {
  expect(deliverySearch({ producer: null, channel: null, state: null })).toBe("limit=50");
  expect(deliverySearch({ producer: null, channel: "a b", state: "failed" })).toBe("limit=50&channel=a+b&state=failed");
});
