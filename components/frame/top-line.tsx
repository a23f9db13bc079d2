"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname } from "next/navigation";
import { queries } from "#components/api/queries.ts";
import { formatDuration } from "#components/ui/duration.ts";
import { useNow } from "#components/ui/use-now.ts";
import type { StatusJson } from "#domain/api/board.ts";
import { answerSentence, type BoardSummary, type Hearing } from "./answer-sentence.ts";
import { unheardSeconds } from "./blindness.ts";
import { DatacenterStrip } from "./datacenter-strip.tsx";
import styles from "./frame.module.css";
import { findNextDeadline, type NextDeadline } from "./next-deadline.ts";

export interface TopLineSummary extends BoardSummary {
  asOf: string;
  next: NextDeadline | null;
}

/** The answer before any question: the board in one sentence, and how each datacenter is. */
export function TopLine({
  initial,
  initialStatus,
}: {
  initial: TopLineSummary | null;
  initialStatus: StatusJson | null;
}) {
  // The board's own page asks for all of it; elsewhere the figures are enough.
  const onBoard = usePathname() === "/";
  const board = useQuery({ ...queries.board(), enabled: false });
  const summary = useQuery({ ...queries.boardSummary(), enabled: !onBoard });
  const status = useQuery({ ...queries.status(), enabled: false });
  const shown = (onBoard ? board.data : summary.data) ?? summary.data ?? board.data ?? initial;
  const now = useNow();
  if (!shown) return <p className={styles.answer}>Tidemark cannot read its board now.</p>;
  const latest = status.data ?? initialStatus;
  const next = onBoard ? (board.data ? findNextDeadline(board.data.items, board.data.asOf) : initial?.next) : null;
  const hearing = latest ? hearingOf(latest, status.data ? status.dataUpdatedAt : (now ?? 0), now ?? 0) : "well";
  return (
    <>
      <p className={styles.answer}>
        {answerSentence(shown, hearing)}
        {next && (
          <span className={styles.next}>
            {" "}
            Next deadline in {formatDuration(next.inSeconds)}: {next.eventType}.
          </span>
        )}
      </p>
      <DatacenterStrip datacenters={shown.datacenters} asOf={shown.asOf} blind={typeof hearing === "number"} />
    </>
  );
}

function hearingOf(status: StatusJson, atMs: number, nowMs: number): Hearing {
  if (status.telemetryAgeSeconds === null) return "never";
  return unheardSeconds({ atMs, status }, Math.max(nowMs, atMs)) ?? "well";
}
