"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { queries } from "#components/api/queries.ts";
import { Time } from "#components/ui/time.tsx";
import { unjudgedSeconds } from "#components/ui/unjudged-seconds.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { CompactBoardJson, StatusJson } from "#domain/api/board.ts";
import { type AnswerPart, answerSentence, type BoardSummary, type Hearing, typesSentence } from "./answer-sentence.ts";
import { unheardSeconds } from "./blindness.ts";
import { DatacenterStrip } from "./datacenter-strip.tsx";
import styles from "./frame.module.css";
import { nextBreachText } from "./next-breach-text.ts";

// Only the board has it, and only while an incident is open.
const IncidentBanner = dynamic(() =>
  import("#components/board/incident-banner.tsx").then((banner) => banner.IncidentBanner),
);

export type TopLineSummary = BoardSummary & Pick<CompactBoardJson, "asOf" | "nextBreach">;

/** The answer at a glance: the board in one sentence, and each datacenter's condition. */
export function TopLine({
  initial,
  initialStatus,
}: {
  initial: TopLineSummary | null;
  initialStatus: StatusJson | null;
}) {
  // The board's own page fetches all of it; elsewhere the figures are enough.
  const onBoard = usePathname() === "/";
  const board = useQuery({ ...queries.board(), enabled: false });
  const summary = useQuery({ ...queries.boardSummary(), enabled: !onBoard });
  const status = useQuery({ ...queries.status(), enabled: false });
  const shown = (onBoard ? board.data : summary.data) ?? summary.data ?? board.data ?? initial;
  const now = useNow();
  if (!shown) return <p className={styles.answer}>Couldn’t load the board.</p>;
  const latest = status.data ?? initialStatus;
  const next = nextBreachText(shown.nextBreach, shown.asOf);
  const hearing = latest ? hearingOf(latest, status.data ? status.dataUpdatedAt : (now ?? 0), now ?? 0) : "well";
  const hasBanner = onBoard && shown.incidents.length > 0;
  const answer = hasBanner ? typesSentence(shown, hearing) : answerSentence(shown, hearing);
  return (
    <>
      {hasBanner && <IncidentBanner board={shown} />}
      <p className={styles.answer} data-below={hasBanner || undefined}>
        {answer.map((part) => (
          <Words key={typeof part === "string" ? part : part.at} part={part} asOf={shown.asOf} />
        ))}
        {next && <span className={styles.next}> {next}</span>}
      </p>
      <DatacenterStrip
        datacenters={shown.datacenters}
        incidents={shown.incidents}
        asOf={shown.asOf}
        blind={typeof hearing === "number"}
        asCards={onBoard}
      />
    </>
  );
}

function Words({ part, asOf }: { part: AnswerPart; asOf: string }) {
  return typeof part === "string" ? part : <Time at={part.at} relativeTo={asOf} />;
}

function hearingOf(status: StatusJson, atMs: number, nowMs: number): Hearing {
  if (status.telemetryAgeSeconds === null) return "never";
  const unheard = unheardSeconds({ atMs, status }, Math.max(nowMs, atMs));
  if (unheard !== null) return unheard;
  const unjudged = unjudgedSeconds(status);
  return unjudged > 0 ? { unjudged } : "well";
}
