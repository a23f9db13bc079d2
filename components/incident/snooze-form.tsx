"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { InstantField } from "#components/forms/instant-field.tsx";
import { toInstant } from "#components/series/use-series-range.ts";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { IncidentJson } from "#domain/api/alerts.ts";
import type { Act } from "./act-on.ts";
import styles from "./incident.module.css";

const terms = [
  { value: "15", label: "15 min" },
  { value: "60", label: "1 h" },
  { value: "240", label: "4 h" },
  { value: "480", label: "8 h" },
  { value: "1440", label: "24 h" },
  { value: "until", label: "Until…" },
] as const;

interface SnoozeFormProps {
  incident: Pick<IncidentJson, "snoozedUntil" | "snoozedBy">;
  asOf: string;
  busy: boolean;
  onAct: (act: Act) => void;
}

/** Pauses the incident’s notifications for a while, and ends that pause. */
export function SnoozeForm({ incident: { snoozedUntil, snoozedBy }, asOf, busy, onAct }: SnoozeFormProps) {
  const [term, setTerm] = useState<(typeof terms)[number]["value"]>("60");
  const [until, setUntil] = useState(() => toInstant(Date.parse(asOf) + 3_600_000));
  const [note, setNote] = useState("");
  function snooze(event: FormEvent) {
    event.preventDefault();
    // A few seconds less than 24 h, so that the request's own time does not make it more.
    const end = term === "until" ? until : toInstant(Date.parse(asOf) + Number(term) * 60_000 - 5_000);
    onAct({ name: "snooze", until: end, note: note.trim() });
  }
  return (
    <form className={styles.panel} onSubmit={snooze}>
      {snoozedUntil !== null && (
        <p className={page.row}>
          <span>
            Snoozed until <Time at={snoozedUntil} relativeTo={asOf} /> by {snoozedBy}.
          </span>
          <Button onClick={() => onAct({ name: "unsnooze" })} disabled={busy}>
            Unsnooze
          </Button>
        </p>
      )}
      <Choice label="Pause notifications for" data={terms} value={term} onChange={setTerm} />
      {term === "until" && (
        <InstantField label="Until" value={until} onChange={(at) => setUntil(toInstant(Date.parse(at)))} />
      )}
      <TextInput label="Reason" maxLength={4096} value={note} onChange={({ target }) => setNote(target.value)} />
      <p className={page.hint}>
        They resume after that, or at once if the incident becomes more severe. Its end is always sent.
      </p>
      <div className={page.row}>
        <Button type="submit" variant="filled" disabled={busy}>
          {snoozedUntil === null ? "Snooze" : "Snooze again"}
        </Button>
      </div>
    </form>
  );
}
