import { isObject } from "../protocol/values.ts";
import { unfoldedLength } from "./compile-regex.ts";
import { textOfMatcher } from "./matchers-schema.ts";

/** What a written tree may hold: every alert is held against it, and each of its expressions is compiled whenever it is read. */
export const treeLimits = {
  routes: 2_000,
  inhibitRules: 500,
  matchers: 10_000,
  /** That all regular expressions unfold into. */
  steps: 200_000,
} as const;

const limitNouns = {
  routes: "routes",
  inhibitRules: "inhibition rules",
  matchers: "matchers",
  steps: "steps, as its regular expressions unfold",
} as const;

/** A sentence that says what of a tree, as it was sent, is too much; null: nothing. It looks at no more than the limits allow, and compiles nothing. */
export function findBeyondLimits(spec: unknown): string | null {
  if (!isObject(spec)) return null;
  const used = { routes: 0, inhibitRules: 0, matchers: 0, steps: 0 };
  const isBeyond = () => limitsInOrder.find((limit) => used[limit] > treeLimits[limit]) ?? null;
  const addMatchers = (list: unknown) => {
    for (const matcher of listOf(list)) {
      used.matchers += 1;
      if (isExpression(matcher)) used.steps += unfoldedLength(textOfMatcher(matcher));
      if (isBeyond()) return;
    }
  };
  for (const rule of listOf(spec.inhibitRules)) {
    used.inhibitRules += 1;
    if (isObject(rule)) for (const list of [rule.sourceMatchers, rule.targetMatchers]) addMatchers(list);
    if (isBeyond()) break;
  }
  const waiting: unknown[] = [spec.route];
  while (waiting.length > 0 && !isBeyond()) {
    const route = waiting.pop();
    if (!isObject(route)) continue;
    used.routes += 1;
    addMatchers(route.matchers);
    // Of a longer list the first are too many already.
    waiting.push(...listOf(route.routes).slice(0, treeLimits.routes + 1));
  }
  const beyond = isBeyond();
  return (
    beyond && `must be smaller: a tree has at most ${treeLimits[beyond].toLocaleString("en-US")} ${limitNouns[beyond]}`
  );
}

const limitsInOrder = ["routes", "inhibitRules", "matchers", "steps"] as const;

/** Whether it may be a regular expression: a text is not parsed yet. */
function isExpression(matcher: unknown): boolean {
  return typeof matcher === "string" ? matcher.includes("~") : isObject(matcher) && matcher.isRegex === true;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
