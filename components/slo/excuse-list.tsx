"use client";

import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useMay } from "#components/access/use-may.ts";
import type { ListJson } from "#components/api/client.ts";
import { excuseQueries, excuses } from "#components/api/excuses.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { everything, reread } from "#components/ui/use-act.ts";
import type { SloExcuseJson } from "#domain/api/slo.ts";
import { excuseTitle } from "#domain/slo.ts";
import styles from "./changes.module.css";

/** Every excuse, newest first; who may can approve pending ones and revoke. */
export function ExcuseList({ initial }: { initial: ListJson<SloExcuseJson> }) {
  const may = useMay("respond");
  const { data } = useQuery({ ...excuseQueries.list(), initialData: initial });
  if (data.items.length === 0) return <p className={page.quiet}>No excused hours.</p>;
  return (
    <ul className={styles.changes}>
      {data.items.map((excuse) => (
        <li key={excuse.id}>
          <ExcuseEntry excuse={excuse} may={may === true} />
        </li>
      ))}
    </ul>
  );
}

const stateWords = { pending: "waits for approval", active: "in force", revoked: "revoked" } as const;

function ExcuseEntry({ excuse, may }: { excuse: SloExcuseJson; may: boolean }) {
  const { state, createdAt, createdBy, approvedAt, approvedBy, revokedAt, revokedBy, revokeReason } = excuse;
  return (
    <>
      <p>
        <strong>{excuseTitle(excuse)}</strong> · {stateWords[state]}
      </p>
      <p>{excuse.reason}</p>
      <p className={page.quiet}>
        by {createdBy}, <Time at={createdAt} />
        {approvedAt && approvedBy !== createdBy && (
          <>
            ; approved by {approvedBy}, <Time at={approvedAt} />
          </>
        )}
        {revokedAt && (
          <>
            ; revoked by {revokedBy}, <Time at={revokedAt} />: {revokeReason}
          </>
        )}
      </p>
      {may && state !== "revoked" && <Acts excuse={excuse} />}
    </>
  );
}

function Acts({ excuse }: { excuse: SloExcuseJson }) {
  const client = useQueryClient();
  const [reason, setReason] = useState<string | null>(null);
  const after = { onSettled: () => reread(client, everything) };
  const approve = useMutation({ mutationFn: () => excuses.approve(excuse), ...after });
  const revoke = useMutation({ mutationFn: (why: string) => excuses.revoke(excuse, why), ...after });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason) revoke.mutate(reason);
  };
  return (
    <>
      {reason === null ? (
        <div className={page.row}>
          {excuse.state === "pending" && (
            <Button disabled={approve.isPending} onClick={() => approve.mutate()}>
              Approve
            </Button>
          )}
          <Button onClick={() => setReason("")}>Revoke</Button>
        </div>
      ) : (
        <form className={page.row} onSubmit={submit} aria-label={`Revoke ${excuseTitle(excuse)}`}>
          <TextInput
            label="Why it is revoked"
            value={reason}
            required
            minLength={3}
            maxLength={1_000}
            autoFocus
            onChange={({ target }) => setReason(target.value)}
          />
          <Button type="submit" disabled={revoke.isPending}>
            Revoke
          </Button>
          <Button onClick={() => setReason(null)}>Cancel</Button>
        </form>
      )}
      <Refusal error={approve.error ?? revoke.error} />
    </>
  );
}
