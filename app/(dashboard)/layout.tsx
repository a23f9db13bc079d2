import type { ReactNode } from "react";
import { isPrivate, readFirstBoard, readStatusNow } from "#app/page-context.ts";
import { Frame } from "#components/frame/frame.tsx";

// What these pages show is read when they are asked for.
export const dynamic = "force-dynamic";

/** The frame goes on showing what it knows of while the database is away: the browser asks again. */
async function readFrame() {
  try {
    const [status, board] = await Promise.all([readStatusNow(), readFirstBoard()]);
    return { status, summary: { counts: board.counts, datacenters: board.datacenters, asOf: board.asOf } };
  } catch {
    return { status: null, summary: null };
  }
}

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <Frame {...(await readFrame())} canSignOut={await isPrivate()}>
      {children}
    </Frame>
  );
}
