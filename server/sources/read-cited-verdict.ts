import type { CitationJson, VerdictJson } from "#domain/api/verdict.ts";
import { parseHour } from "#domain/hour.ts";
import { sayCitation } from "#domain/source.ts";
import type { Call } from "#server/access/index.ts";
import { type ReadVerdictInput, readVerdict } from "#server/verdicts/index.ts";
import { loadCitations } from "./load-citations.ts";

/** One hour's verdict; its evidence names the source of each fact that no reporter stated. */
export async function readCitedVerdict(call: Call<ReadVerdictInput>): Promise<VerdictJson> {
  const verdict = await readVerdict(call);
  const { eventType, datacenters } = verdict;
  const hour = parseHour(verdict.hour) as Date;
  const lanes = datacenters.map(({ name, closedAt }) => ({
    eventType,
    datacenter: name,
    hour,
    closedAt: closedAt === null ? null : new Date(closedAt),
  }));
  const cited = await loadCitations(call.ctx.database.sql, lanes);
  // Watermarks and backlogs are known as they are now.
  const isPast = call.input.asOf !== undefined;
  return {
    ...verdict,
    datacenters: datacenters.map((datacenter, index) => {
      const measuredBy = (cited[index] ?? [])
        .filter(({ fact }) => !isPast || fact === "closing" || fact === "delivered")
        .map((citation): CitationJson => ({ ...citation, message: sayCitation([datacenter.name], citation) }));
      return measuredBy.length === 0 ? datacenter : { ...datacenter, measuredBy };
    }),
  };
}
