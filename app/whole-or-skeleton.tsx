import { setTimeout as sleep } from "node:timers/promises";
import { type ReactElement, type ReactNode, Suspense } from "react";

const soonMs = 1_000;
const late = Symbol("late");

/**
 * What is read soon is sent in one piece, and can be read before any script has come: what a Suspense boundary holds stays
 * hidden until a script puts it in its place. Of what takes longer the shape is sent ahead.
 */
export async function WholeOrSkeleton({ content, skeleton }: { content: Promise<ReactElement>; skeleton: ReactNode }) {
  const soon = await Promise.race([content, sleep(soonMs, late)]);
  return soon === late ? <Suspense fallback={skeleton}>{content}</Suspense> : soon;
}
