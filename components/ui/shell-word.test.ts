import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { shellWord } from "./shell-word.ts";

it("a shell reads every word back as it was", () => {
  for (const word of ["EndSong", "a b", "it's", "$(date)", "`x`", '"q"', "a;b", "*"]) {
    expect(execFileSync("sh", ["-c", `printf %s ${shellWord(word)}`], { encoding: "utf8" })).toBe(word);
  }
});
