import { describe, expect, test } from "vitest";
import { gatherQuestions } from "./gather-questions.ts";

function openEcho() {
  const batches: string[][] = [];
  const release: (() => void)[] = [];
  const ask = gatherQuestions(
    (question: string) => question,
    async (questions) => {
      batches.push(questions);
      await new Promise<void>((resolve) => release.push(resolve));
      if (questions.includes("planted")) throw new Error("planted");
      return questions.map((question) => question.toUpperCase());
    },
  );
  return { ask, batches, release: () => release.shift()?.() };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("gatherQuestions", () => {
  test("questions of one moment are one batch, equal ones asked once", async () => {
    const { ask, batches, release } = openEcho();
    const answers = Promise.all(["a", "b", "a"].map(ask));
    await turn();
    release();
    expect(await answers).toEqual(["A", "B", "A"]);
    expect(batches).toEqual([["a", "b"]]);
  });

  test("who asks while a batch is under way never gets its answer, for that may be older than the question", async () => {
    const { ask, batches, release } = openEcho();
    const first = ask("a");
    await turn();
    const later = [ask("a"), ask("c")];
    await turn();
    expect(batches).toEqual([["a"]]);
    release();
    await first;
    await turn();
    release();
    expect(await Promise.all(later)).toEqual(["A", "C"]);
    expect(batches).toEqual([["a"], ["a", "c"]]);
  });

  test("a batch that fails fails for those in it, and the next goes on", async () => {
    const { ask, release } = openEcho();
    const failed = ask("planted");
    failed.catch(() => undefined);
    await turn();
    const next = ask("a");
    release();
    await expect(failed).rejects.toThrow("planted");
    await turn();
    release();
    expect(await next).toBe("A");
  });
});
