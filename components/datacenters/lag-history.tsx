"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { failureOf, queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import { LagChart } from "./lag-chart.tsx";

const spans = ["6", "24", "48"] as const;

interface LagHistoryProps {
  name: string;
  /** Open ones that touch it: their onsets are marked. */
  incidents: readonly BoardIncidentJson[];
}

/** How far a datacenter was behind over the last hours. */
export function LagHistory({ name, incidents }: LagHistoryProps) {
  const [hours, setHours] = useQueryState("lag", parseAsStringLiteral(spans).withDefault("6"));
  const query = useQuery(queries.lagHistory(name, hours));
  return (
    <Section id="lag" title="Lag">
      <div className={page.controls}>
        <Button.Group>
          {spans.map((each) => (
            <Button key={each} size="compact-sm" aria-pressed={each === hours} onClick={() => void setHours(each)}>
              {each} h
            </Button>
          ))}
        </Button.Group>
        <span className={page.hint}>Of the event type furthest behind, each minute. A gap is unknown.</span>
      </div>
      {query.data ? (
        <LagChart history={query.data} incidents={incidents} />
      ) : (
        <p className={page.quiet}>{failureOf(query) ?? "Loading the last hours…"}</p>
      )}
    </Section>
  );
}
