import type { ReactNode } from "react";
import { readFirstBoard, readStatusNow } from "#app/page-context.ts";
import { Frame } from "#components/frame/frame.tsx";

// What these pages show is read when they are asked for.
export const dynamic = "force-dynamic";

/** The frame goes on showing what it knows of while the database is away: the browser asks again. */
async function readFrame() {
  try {
    const [status, board] = await Promise.all([readStatusNow(), readFirstBoard()]);
    const { items, ...summary } = board;
    return { status, summary };
  } catch {
    return { status: null, summary: null };
  }
}

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  return <Frame {...(await readFrame())}>{children}</Frame>;
}
