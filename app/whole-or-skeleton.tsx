import { setTimeout as sleep } from "node:timers/promises";
import { type ComponentProps, type ReactElement, Suspense } from "react";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";

const soonMs = 1_000;
const late = Symbol("late");

interface WholeOrSkeletonProps extends ComponentProps<typeof PageSkeleton> {
  content: Promise<ReactElement>;
}

/**
 * Data that loads quickly is sent in one piece, readable before any script has loaded: a Suspense boundary's content stays
 * hidden until a script moves it into place. For slower data a skeleton is sent first.
 */
export async function WholeOrSkeleton({ content, ...skeleton }: WholeOrSkeletonProps) {
  const soon = await Promise.race([content, sleep(soonMs, late)]);
  return soon === late ? <Suspense fallback={<PageSkeleton {...skeleton} />}>{content}</Suspense> : soon;
}
