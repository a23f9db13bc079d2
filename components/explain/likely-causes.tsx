"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import type { ExplanationJson } from "#domain/api/explanation.ts";
import { CauseList } from "./cause-list.tsx";

interface LikelyCausesProps {
  eventType: string;
  hour: string;
  /** As the server read it; without it the browser asks. */
  initial?: ExplanationJson | undefined;
}

/** Why an hour is late, incomplete or overcounted. Shows nothing where there is nothing to explain. */
export function LikelyCauses({ eventType, hour, initial }: LikelyCausesProps) {
  const { data } = useQuery({
    ...queries.explanation(eventType, hour),
    ...(initial ? { initialData: initial } : {}),
  });
  if (!data || data.causes.length === 0) return null;
  return (
    <section className={page.card} aria-labelledby="causes">
      <h2 id="causes">{data.causes.length === 1 ? "Likely cause" : "Likely causes, the likeliest first"}</h2>
      <CauseList causes={data.causes} asOf={data.asOf} />
    </section>
  );
}
