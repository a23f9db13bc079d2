"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { InstantField } from "#components/forms/instant-field.tsx";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import type { SilenceJson } from "#domain/api/silences.ts";

/** Moves the end of a silence that is not over, or ends it now. */
export function SilenceActs({ silence: { id, endsAt, etag, recurrence } }: { silence: SilenceJson }) {
  const may = useMay("respond");
  const client = useQueryClient();
  const [until, setUntil] = useState<string | null>(null);
  const onSuccess = () => {
    setUntil(null);
    return Promise.all([["silences"], ["incident"]].map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  const extend = useMutation({
    mutationFn: (to: { duration: string } | { endsAt: string }) =>
      api.POST("/silences/{id}/extend", {
        params: { path: { id } },
        body: to,
        // An end replaces the one that was shown; a duration is added to whatever it is.
        ...("endsAt" in to && { headers: { "if-match": `"${etag}"` } }),
      }),
    onSuccess,
  });
  const expire = useMutation({
    mutationFn: () => api.DELETE("/silences/{id}", { params: { path: { id } } }),
    onSuccess,
  });
  if (!may) return null;
  return (
    <>
      <div className={page.row}>
        {recurrence === null &&
          ["1h", "4h"].map((duration) => (
            <Button key={duration} disabled={extend.isPending} onClick={() => extend.mutate({ duration })}>
              Extend by {duration.replace("h", " h")}
            </Button>
          ))}
        {until === null ? (
          <Button onClick={() => setUntil(endsAt)}>Change end…</Button>
        ) : (
          <>
            <InstantField label="New end" value={until} onChange={(next) => setUntil(next ?? endsAt)} />
            <Button variant="filled" disabled={extend.isPending} onClick={() => extend.mutate({ endsAt: until })}>
              Move end
            </Button>
            <Button onClick={() => setUntil(null)}>Cancel</Button>
          </>
        )}
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
