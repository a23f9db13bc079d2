import type { ReactNode } from "react";
import { readFirstBoard, readStatusNow } from "#app/page-context.ts";
import { Frame } from "#components/frame/frame.tsx";

// These pages read their data on each request.
export const dynamic = "force-dynamic";

/** While the database is away the frame shows what it knows: the browser retries. */
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
