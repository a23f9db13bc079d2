import { cache } from "react";
import type { CompactBoardJson, StatusJson } from "#domain/api/board.ts";
import { readCompactBoard } from "#server/board/index.ts";
import { pageContext, runtime } from "#server/http/runtime.ts";
import { readStatus } from "#server/verdicts/index.ts";

export { pageContext };

/** As many rows as the first answer carries: more than a screen. The browser asks for the rest. */
const firstRows = 60;

/** The board's first rows, read once a request for the frame and the page. */
export const readFirstBoard = cache(
  async (): Promise<CompactBoardJson> => readCompactBoard({ ctx: await pageContext(), input: { limit: firstRows } }),
);

/** Whether only who signed in may look. */
export async function isPrivate(): Promise<boolean> {
  return (await runtime()).access.dashboard === "private";
}

export const readStatusNow = cache(async (): Promise<StatusJson> => {
  const { version, drill, pubsub } = await runtime();
  return readStatus({ ctx: await pageContext(), input: { version, drill, pubsub } });
});
