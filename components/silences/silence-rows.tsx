"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMay } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import form from "#components/ui/form.module.css";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { SilenceJson } from "#domain/api/silences.ts";
import styles from "./silences.module.css";

interface SilenceRowsProps {
  title: "Active" | "Upcoming" | "Ended";
  silences: readonly SilenceJson[];
  asOf: string;
}

export function SilenceRows({ title, silences, asOf }: SilenceRowsProps) {
  if (silences.length === 0) return null;
  return (
    <section className={page.card} aria-labelledby={`silences-${title}`}>
      <h2 id={`silences-${title}`}>{title}</h2>
      <ul className={styles.silences}>
        {silences.map((silence) => (
          <SilenceRow key={silence.id} silence={silence} asOf={asOf} />
        ))}
      </ul>
    </section>
  );
}

function SilenceRow({ silence, asOf }: { silence: SilenceJson; asOf: string }) {
  const { id, name, matchers, startsAt, endsAt, recurrence, reason, state, createdBy, expiredBy } = silence;
  const may = useMay("respond");
  const client = useQueryClient();
  const expire = useMutation({
    mutationFn: () => api.DELETE("/silences/{id}", { params: { path: { id } } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["silences"] }),
  });
  return (
    <li>
      <div>
        <p>{reason}</p>
        <p className={styles.matchers}>
          {matchers.map((matcher) => (
            <code key={matcher}>{matcher}</code>
          ))}
        </p>
        <p className={page.quiet}>
          <Time at={startsAt} relativeTo={asOf} /> to <Time at={endsAt} relativeTo={asOf} />
          {recurrence !== null &&
            `, within ${JSON.stringify(recurrence)}${state === "resting" ? ", inactive now" : ""}`}
          , by {createdBy}
          {name !== null && `, from the document ${name}`}
          {expiredBy !== null && `, expired by ${expiredBy}`}
        </p>
      </div>
      {state !== "expired" && may && (
        <div className={form.buttons}>
          <ConfirmButton
            name="Expire"
            confirm="Expire now"
            onConfirm={() => expire.mutate()}
            disabled={expire.isPending}
          />
          {expire.error && (
            <p className={form.refusal} role="alert">
              {expire.error.message}
            </p>
          )}
        </div>
      )}
    </li>
  );
}
