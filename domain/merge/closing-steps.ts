import type { Hour } from "../hour.ts";

/** A watermark reported at `closedAt` closed every hour that ends at or before `closedThrough`, a full hour. */
export interface ClosingStep {
  closedThrough: Hour;
  closedAt: Date;
}

/**
 * Adds a step to a staircase that strictly rises in both columns. A step is dropped if another closes as much, as
 * early. The result does not depend on the order of arrival.
 */
export function addClosingStep<Step extends ClosingStep>(steps: Step[], step: Step): void {
  let at = steps.length;
  while (at > 0 && (steps[at - 1] as Step).closedThrough >= step.closedThrough) at--;
  const next = steps[at];
  if (next && next.closedAt <= step.closedAt) return;
  const end = next?.closedThrough.getTime() === step.closedThrough.getTime() ? at + 1 : at;
  let start = at;
  while (start > 0 && (steps[start - 1] as Step).closedAt >= step.closedAt) start--;
  steps.splice(start, end - start, step);
}

/**
 * When a datacenter closed the hour that ends at `hourEnd`: the smallest time among the steps that reach that far and
 * the marker of that hour; null if there are none.
 */
export function closedAtOf(hourEnd: Date, steps: Iterable<ClosingStep>, markerAt: Date | null): Date | null {
  let closedAt = markerAt;
  for (const step of steps) {
    if (step.closedThrough >= hourEnd && (!closedAt || step.closedAt < closedAt)) closedAt = step.closedAt;
  }
  return closedAt;
}
