"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMayChange } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { toast } from "#components/ui/toast.ts";
import type { SourceJson } from "#domain/api/sources.ts";

/** Deletes a source; the facts that it gave stay. */
export function DeleteSource({ source: { name, spec } }: { source: SourceJson }) {
  const may = useMayChange(spec.owner ?? null);
  const client = useQueryClient();
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: () => api.DELETE("/sources/{name}", { params: { path: { name } } }),
    onSuccess: async () => {
      toast({ message: `${name} deleted.` });
      client.removeQueries({ queryKey: queries.source(name).queryKey });
      await client.invalidateQueries({ queryKey: queries.sources().queryKey });
      router.push("/sources");
    },
  });
  if (!may) return null;
  return (
    <div className={page.row}>
      <ConfirmButton
        name="Delete source"
        confirm={`Delete ${name}`}
        onConfirm={() => mutation.mutate()}
        disabled={mutation.isPending}
      />
      <Refusal error={mutation.error} />
    </div>
  );
}
