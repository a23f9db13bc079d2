import { BadRegex } from "./bad-regex.ts";
import { parseRegex } from "./parse-regex.ts";
import { buildProgram, type Step } from "./program.ts";
import type { Place } from "./syntax.ts";

/**
 * Tests whether an expression matches a whole text, anchored as in Prometheus and Alertmanager. It takes time linear in the text,
 * whatever the expression: all paths are walked in parallel (Thompson 1968) without backtracking, so no expression can block a page.
 * Throws BadRegex.
 */
export function compileRegex(expression: string): (text: string) => boolean {
  if (expression.length > 4_096) throw new BadRegex("it is longer than 4096 characters");
  const steps = buildProgram(parseRegex(expression));
  return (text) => run(steps, [...text]);
}

function run(steps: readonly Step[], chars: readonly string[]): boolean {
  // When a state was last reached: each is visited once per character.
  const reachedAt = new Int32Array(steps.length).fill(-1);
  let here = [0];
  for (let at = 0; ; at += 1) {
    const char = chars[at];
    const onward: number[] = [];
    const stack = here.reverse();
    for (let index = stack.pop(); index !== undefined; index = stack.pop()) {
      if (reachedAt[index] === at) continue;
      reachedAt[index] = at;
      const step = steps[index];
      if (!step) continue;
      if (step.kind === "end") {
        if (char === undefined) return true;
      } else if (step.kind === "split") stack.push(...step.to);
      else if (step.kind === "at") {
        if (isAt(step.place, chars, at)) stack.push(step.to);
      } else if (char !== undefined && step.test(char)) onward.push(step.to);
    }
    if (char === undefined || onward.length === 0) return false;
    here = onward;
  }
}

function isAt(place: Place, chars: readonly string[], at: number): boolean {
  const before = chars[at - 1];
  const after = chars[at];
  switch (place) {
    case "text-start":
      return before === undefined;
    case "text-end":
      return after === undefined;
    case "line-start":
      return before === undefined || before === "\n";
    case "line-end":
      return after === undefined || after === "\n";
    default:
      return (isWord(before) !== isWord(after)) === (place === "word-edge");
  }
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /^[0-9A-Za-z_]$/.test(char);
}
