"use client";

import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { silenceKeys } from "#components/api/queries.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { SilenceJson } from "#domain/api/silences.ts";

// Loaded when it is opened: an incident's page has no use for its calendar before.
const SilenceEdit = dynamic(() => import("./silence-edit.tsx").then(({ SilenceEdit: found }) => found), {
  loading: () => <p className={page.quiet}>Loading the form…</p>,
});

/** Edits a silence that is not over, moves its end, or ends it now. */
export function SilenceActs({ silence, asOf }: { silence: SilenceJson; asOf: string }) {
  const params = { path: { id: silence.id } };
  const may = useMay("respond");
  const [isEdited, setEdited] = useState(false);
  // Added to whatever its end is.
  const extendBy = (duration: string) => answerOf(api.POST("/silences/{id}/extend", { params, body: { duration } }));
  const extend = useAct(extendBy, {
    says: ({ endsAt }) => (
      <>
        Silenced until <Time at={endsAt} relativeTo={asOf} />.
      </>
    ),
    rereads: silenceKeys,
  });
  const expire = useAct(() => api.DELETE("/silences/{id}", { params }), {
    says: "Silence ended.",
    rereads: silenceKeys,
  });
  if (!may) return null;
  if (isEdited) return <SilenceEdit silence={silence} asOf={asOf} onDone={() => setEdited(false)} />;
  return (
    <>
      <div className={page.row}>
        <Button onClick={() => setEdited(true)}>Edit…</Button>
        {silence.recurrence === null &&
          ["1h", "4h"].map((duration) => (
            <Button key={duration} disabled={extend.isPending} onClick={() => extend.mutate(duration)}>
              Extend by {duration.replace("h", " h")}
            </Button>
          ))}
        <ConfirmButton name="Expire" confirm="Expire now" act={expire} />
      </div>
      <Refusal error={extend.error ?? expire.error} />
    </>
  );
}
