import { setTimeout as sleep } from "node:timers/promises";
import { type ReactElement, type ReactNode, Suspense } from "react";

const soonMs = 1_000;
const late = Symbol("late");

/**
 * Data that loads quickly is sent in one piece, readable before any script has loaded: a Suspense boundary's content stays
 * hidden until a script moves it into place. For slower data a skeleton is sent first.
 */
export async function WholeOrSkeleton({ content, skeleton }: { content: Promise<ReactElement>; skeleton: ReactNode }) {
  const soon = await Promise.race([content, sleep(soonMs, late)]);
  return soon === late ? <Suspense fallback={skeleton}>{content}</Suspense> : soon;
}
