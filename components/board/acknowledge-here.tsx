"use client";

import { Button } from "@mantine/core";
import { useMay } from "#components/access/use-may.ts";
import { withBase } from "#components/api/base-path.ts";
import { answerOf, api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { BoardIncidentJson } from "#domain/api/board.ts";
import styles from "./incident-banner.module.css";

/** Who acknowledged the incident; before that, the button to do it. */
export function AcknowledgeHere({ incident, asOf }: { incident: BoardIncidentJson; asOf: string }) {
  const { id, acknowledgedBy, acknowledgedAt, title } = incident;
  const may = useMay("respond");
  const acknowledge = () => answerOf(api.POST("/incidents/{id}/acknowledge", { params: { path: { id } }, body: {} }));
  const mutation = useAct(acknowledge, { rereads: [queries.board().queryKey] });
  if (acknowledgedBy !== null) {
    return (
      <span className={styles.acknowledged}>
        Acknowledged by {acknowledgedBy}
        {acknowledgedAt && (
          <>
            , <Time at={acknowledgedAt} relativeTo={asOf} />
          </>
        )}
      </span>
    );
  }
  return (
    <span className={styles.act}>
      {may === false && (
        <>
          <span className={styles.acknowledged}>Not acknowledged.</span>{" "}
          <a href={withBase(`/sign-in?next=${encodeURIComponent(`/alerts/incidents/${id}#acknowledge`)}`)}>
            Sign in to acknowledge
          </a>
        </>
      )}
      {may && (
        <Button
          variant="filled"
          size="compact-md"
          loading={mutation.isPending}
          aria-label={`Acknowledge: ${title}`}
          onClick={() => mutation.mutate()}
        >
          Acknowledge
        </Button>
      )}
      <Refusal error={mutation.error} />
    </span>
  );
}
