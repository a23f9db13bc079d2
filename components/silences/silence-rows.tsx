"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import page from "#components/ui/page.module.css";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { capitalize } from "#components/ui/words.ts";
import type { SilenceJson } from "#domain/api/silences.ts";
import { NextTimes } from "./next-times.tsx";
import { recurrenceText } from "./recurrence-text.ts";
import { SilenceActs } from "./silence-acts.tsx";
import styles from "./silences.module.css";

interface SilenceRowsProps {
  title: string;
  silences: readonly SilenceJson[];
  asOf: string;
}

export function SilenceRows({ title, silences, asOf }: SilenceRowsProps) {
  if (silences.length === 0) return null;
  return (
    <Section id={`silences-${title}`} title={title}>
      <ul className={page.list}>
        {silences.map((silence) => (
          <SilenceRow key={silence.id} silence={silence} asOf={asOf} />
        ))}
      </ul>
    </Section>
  );
}

/** The silences that mute an incident's alerts, now or later, to extend or end where it is read. */
export function IncidentSilences({ incidentId, asOf }: { incidentId: string; asOf: string }) {
  const { data } = useQuery(queries.silencesOf(incidentId));
  const { active = [], planned = [] } = Object.groupBy(data?.items ?? [], ({ state }) =>
    state === "active" ? "active" : "planned",
  );
  return (
    <>
      <SilenceRows title="Silenced" silences={active} asOf={asOf} />
      <SilenceRows title="Planned silences" silences={planned} asOf={asOf} />
    </>
  );
}

function SilenceRow({ silence, asOf }: { silence: SilenceJson; asOf: string }) {
  const { name, matchers, startsAt, endsAt, recurrence, reason, state, createdBy, expiredBy, extendedBy, updatedBy } =
    silence;
  return (
    <li className={styles.silence}>
      <p>
        <strong>{reason}</strong>
      </p>
      <p className={page.row}>
        {matchers.map((matcher) => (
          <code key={matcher}>{matcher}</code>
        ))}
      </p>
      <p>
        {recurrence !== null && `${capitalize(recurrenceText(recurrence))}, `}
        <Time at={startsAt} relativeTo={asOf} /> to <Time at={endsAt} relativeTo={asOf} />
        <span className={page.quiet}>
          , by {createdBy}
          {name !== null && `, from the document ${name}`}
          {updatedBy !== null && `, edited by ${updatedBy}`}
          {extendedBy !== null && `, end moved by ${extendedBy}`}
          {expiredBy !== null && `, expired by ${expiredBy}`}
        </span>
      </p>
      {recurrence !== null && state !== "expired" && <NextTimes silence={silence} asOf={asOf} />}
      {state !== "expired" && <SilenceActs silence={silence} asOf={asOf} />}
    </li>
  );
}
