import type { Metadata } from "next";
import { pageContext, readFirstBoard } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { Board } from "#components/board/board.tsx";
import { listSchedules } from "#server/on-call/index.ts";

/** More schedules than a line holds. */
const mostSchedules = 20;

export const metadata: Metadata = { title: "Board" };

/** The filter, the chips, and rows. */
const shape = [32, 28, Array<number>(12).fill(26)];

// A loading.tsx here would wrap every page below and answer 200 before they can answer 404.
export default function BoardPage() {
  return <WholeOrSkeleton content={boardNow()} label="Loading the board" parts={shape} />;
}

async function boardNow() {
  const ctx = await pageContext();
  const [board, onCall] = await Promise.all([
    readFirstBoard(),
    listSchedules({ ctx, input: { after: null, limit: mostSchedules } }),
  ]);
  return <Board initial={board} onCall={{ items: onCall.items, nextCursor: null }} />;
}
