import { BadRegex } from "./bad-regex.ts";
import type { Node, Place } from "./syntax.ts";

/** One state of the automaton; `to` are the indices of its successors. */
export type Step =
  | { readonly kind: "one"; readonly test: (char: string) => boolean; readonly to: number }
  | { readonly kind: "at"; readonly place: Place; readonly to: number }
  | { readonly kind: "split"; readonly to: number[] }
  | { readonly kind: "end" };

/** More would make a match slow, though still linear in text × steps. */
const maxSteps = 10_000;

/** The automaton of an expression; it starts at step 0. */
export function buildProgram(node: Node): Step[] {
  const steps: Step[] = [];
  const put = (step: Step): number => {
    if (steps.length >= maxSteps) throw new BadRegex("it is too large: its repetitions unfold into too many steps");
    return steps.push(step) - 1;
  };
  // The start state is known last: step 0 leads there.
  const start: Step = { kind: "split", to: [] };
  put(start);
  start.to.push(write(node, put({ kind: "end" }), put));
  return steps;
}

/** Emits the steps of a node so that they lead to `to`; returns where they start. */
function write(node: Node, to: number, put: (step: Step) => number): number {
  switch (node.kind) {
    case "one":
      return put({ kind: "one", test: node.test, to });
    case "at":
      return put({ kind: "at", place: node.place, to });
    case "all":
      return node.parts.reduceRight((next, part) => write(part, next, put), to);
    case "any":
      return put({ kind: "split", to: node.parts.map((part) => write(part, to, put)) });
    case "repeat": {
      let next = to;
      if (node.most === null) {
        const loop: Step = { kind: "split", to: [to] };
        next = put(loop);
        loop.to.push(write(node.part, next, put));
      } else {
        for (let count = node.least; count < node.most; count += 1) {
          next = put({ kind: "split", to: [to, write(node.part, next, put)] });
        }
      }
      for (let count = 0; count < node.least; count += 1) next = write(node.part, next, put);
      return next;
    }
  }
}
