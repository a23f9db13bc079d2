import { cookies } from "next/headers";
import { cache } from "react";
import type { CompactBoardJson, StatusJson } from "#domain/api/board.ts";
import type { Context } from "#server/access/index.ts";
import { readCompactBoard } from "#server/board/index.ts";
import { contextOfPage, runtime } from "#server/http/runtime.ts";
import { readStatus } from "#server/verdicts/index.ts";

/** Who reads the page, read once per request. */
export const pageContext = cache(async (): Promise<Context> => {
  const jar = await cookies();
  return contextOfPage((name) => jar.get(name)?.value);
});

/** How many rows the first answer carries: more than a screen. The browser fetches the rest. */
const firstRows = 60;

/** The board's first rows, read once per request for the frame and the page. */
export const readFirstBoard = cache(
  async (): Promise<CompactBoardJson> => readCompactBoard({ ctx: await pageContext(), input: { limit: firstRows } }),
);

/** Whether only signed-in users may read. */
export async function isPrivate(): Promise<boolean> {
  return (await runtime()).access.dashboard === "private";
}

export const readStatusNow = cache(async (): Promise<StatusJson> => {
  const { version, drill, pubsub, metricExportProject = null } = await runtime();
  return readStatus({ ctx: await pageContext(), input: { version, drill, pubsub, metricExportProject } });
});
