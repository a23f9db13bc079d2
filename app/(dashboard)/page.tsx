import type { Metadata } from "next";
import { readFirstBoard } from "#app/page-context.ts";
import { WholeOrSkeleton } from "#app/whole-or-skeleton.tsx";
import { Board } from "#components/board/board.tsx";
import { BoardSkeleton } from "#components/board/board-skeleton.tsx";

export const metadata: Metadata = { title: "Board" };

// A loading.tsx here would wrap every page below and answer 200 before they can answer 404.
export default function BoardPage() {
  return <WholeOrSkeleton content={boardNow()} skeleton={<BoardSkeleton />} />;
}

async function boardNow() {
  return <Board initial={await readFirstBoard()} />;
}
