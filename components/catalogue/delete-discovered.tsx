"use client";

import { useMay } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { useAct } from "#components/ui/use-act.ts";

const lists = { "event-types": "/event-types", datacenters: "/datacenters" } as const;
const calls = { "event-types": "/event-types/{name}", datacenters: "/datacenters/{name}" } as const;

/** The button that deletes a name that was never claimed, with its facts; shown only with permission. */
export function DeleteDiscovered({ kind, name }: { kind: keyof typeof lists; name: string }) {
  const may = useMay("write");
  const remove = useAct(() => api.DELETE(calls[kind], { params: { path: { name } } }), { leadsTo: lists[kind] });
  if (!may) return null;
  return (
    <div>
      <div className={page.row}>
        <ConfirmButton
          name="Delete"
          confirm={`Delete ${name} and its reports`}
          act={remove}
          disabled={remove.isSuccess}
        />
      </div>
      <p className={page.quiet}>It is not claimed. A later report discovers it again.</p>
      <Refusal error={remove.error} />
    </div>
  );
}
