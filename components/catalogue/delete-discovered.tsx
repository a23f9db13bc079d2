"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMay } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";

const lists = { "event-types": "/event-types", datacenters: "/datacenters" } as const;
const calls = { "event-types": "/event-types/{name}", datacenters: "/datacenters/{name}" } as const;

/** The button that deletes a name that was never claimed, with its facts; shown only with permission. */
export function DeleteDiscovered({ kind, name }: { kind: keyof typeof lists; name: string }) {
  const may = useMay("write");
  const router = useRouter();
  const remove = useMutation({
    mutationFn: () => api.DELETE(calls[kind], { params: { path: { name } } }),
    onSuccess: () => router.push(lists[kind]),
  });
  if (!may) return null;
  return (
    <div>
      <div className={page.row}>
        <ConfirmButton
          name="Delete"
          confirm={`Delete ${name} and its reports`}
          onConfirm={() => remove.mutate()}
          disabled={remove.isPending || remove.isSuccess}
        />
      </div>
      <p className={page.quiet}>It is not claimed. A later report discovers it again.</p>
      <Refusal error={remove.error} />
    </div>
  );
}
