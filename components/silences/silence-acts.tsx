"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { toast } from "#components/ui/toast.ts";
import type { SilenceJson } from "#domain/api/silences.ts";
import { afterSilence } from "./after-silence.ts";

// Loaded when it is opened: an incident's page has no use for its calendar before.
const SilenceEdit = dynamic(() => import("./silence-edit.tsx").then(({ SilenceEdit: found }) => found), {
  loading: () => <p className={page.quiet}>Loading the form…</p>,
});

/** Edits a silence that is not over, moves its end, or ends it now. */
export function SilenceActs({ silence, asOf }: { silence: SilenceJson; asOf: string }) {
  const params = { path: { id: silence.id } };
  const may = useMay("respond");
  const client = useQueryClient();
  const [isEdited, setEdited] = useState(false);
  const extend = useMutation({
    // Added to whatever its end is.
    mutationFn: (duration: string) => answerOf(api.POST("/silences/{id}/extend", { params, body: { duration } })),
    onSuccess: ({ endsAt }) => {
      toast({ message: <Extended endsAt={endsAt} asOf={asOf} /> });
      return afterSilence(client);
    },
  });
  const expire = useMutation({
    mutationFn: () => api.DELETE("/silences/{id}", { params }),
    onSuccess: () => {
      toast({ message: "Silence ended." });
      return afterSilence(client);
    },
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
        <ConfirmButton
          name="Expire"
          confirm="Expire now"
          onConfirm={() => expire.mutate()}
          disabled={expire.isPending}
        />
      </div>
      <Refusal error={extend.error ?? expire.error} />
    </>
  );
}

function Extended({ endsAt, asOf }: { endsAt: string; asOf: string }) {
  return (
    <>
      Silenced until <Time at={endsAt} relativeTo={asOf} />.
    </>
  );
}
