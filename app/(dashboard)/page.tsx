import type { Metadata } from "next";
import { readFirstBoard } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { Board } from "#components/board/board.tsx";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";

export const metadata: Metadata = { title: "Board" };

/** The filter, the chips, and rows. */
const shape = [32, 28, Array<number>(12).fill(26)];

// A loading.tsx here would wrap every page below and answer 200 before they can answer 404.
export default function BoardPage() {
  return <WholeOrSkeleton content={boardNow()} skeleton={<PageSkeleton label="Loading the board" parts={shape} />} />;
}

async function boardNow() {
  return <Board initial={await readFirstBoard()} />;
}
