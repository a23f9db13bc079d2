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
import type { RuleJson } from "#domain/api/alerts.ts";

/** Deletes a custom rule; if it replaced a default, the default applies again. */
export function DeleteRule({ rule: { name, origin, spec } }: { rule: RuleJson }) {
  const may = useMayChange(spec.owner ?? null);
  const client = useQueryClient();
  const router = useRouter();
  const mutation = useMutation({
    mutationFn: () => api.DELETE("/rules/{name}", { params: { path: { name } } }),
    onSuccess: async () => {
      toast({ message: origin === "own" ? `${name} deleted.` : "Default rule restored." });
      if (origin === "own") {
        client.removeQueries({ queryKey: queries.rule(name).queryKey });
        return router.push("/alerts/rules");
      }
      await client.invalidateQueries({ queryKey: queries.rule(name).queryKey });
      router.refresh();
    },
  });
  if (!may || origin === "default") return null;
  return (
    <div className={page.row}>
      {origin === "replaced" ? (
        <ConfirmButton
          name="Restore default rule"
          confirm="Delete custom rule"
          onConfirm={() => mutation.mutate()}
          disabled={mutation.isPending}
        />
      ) : (
        <ConfirmButton
          name="Delete rule"
          confirm={`Delete ${name}`}
          onConfirm={() => mutation.mutate()}
          disabled={mutation.isPending}
        />
      )}
      <Refusal error={mutation.error} />
    </div>
  );
}
