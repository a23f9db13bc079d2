import { cache } from "react";
import type { BoardJson, StatusJson } from "#domain/api/board.ts";
import { readBoard } from "#server/hours/read-board.ts";
import { readStatus } from "#server/hours/read-status.ts";
import { pageContext, runtime } from "#server/http/runtime.ts";

export { pageContext };

/** As many rows as the first answer carries; the browser asks for the rest. */
const firstRows = 100;

/** The board, read once a request for the frame and the page; its cursor is only there to say that there is more. */
export const readFirstBoard = cache(async (): Promise<BoardJson> => {
  const board = await readBoard({ ctx: await pageContext() });
  const isWhole = board.items.length <= firstRows;
  return { ...board, items: board.items.slice(0, firstRows), nextCursor: isWhole ? null : String(firstRows) };
});

/** Whether only who signed in may look. */
export async function isPrivate(): Promise<boolean> {
  return (await runtime()).access.dashboard === "private";
}

export const readStatusNow = cache(async (): Promise<StatusJson> => {
  const { version, drill, pubsub } = await runtime();
  return readStatus({ ctx: await pageContext(), input: { version, drill, pubsub } });
});
