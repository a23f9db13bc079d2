"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { afterPeopleChanged, people } from "#components/api/people.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { DataTable } from "#components/ui/data-table.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import { toast } from "#components/ui/toast.ts";
import type { SessionItemJson } from "#domain/api/people.ts";
import { browserName } from "./browser-name.ts";

/** Browsers that are signed in, each with its way out. The one that asks ends by signing out. */
export function SessionTable({ sessions }: { sessions: readonly SessionItemJson[] }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: people.endSession,
    onSuccess: async () => {
      toast({ message: "Session ended." });
      await afterPeopleChanged(client);
    },
  });
  return (
    <>
      <DataTable
        label="Sessions, newest first"
        rows={sessions}
        rowKey={({ id }) => id}
        isCurrent={({ current }) => current}
        plain
        columns={[
          {
            head: "Browser",
            cell: ({ userAgent, current }) => `${browserName(userAgent)}${current ? " (this one)" : ""}`,
          },
          { head: "Address", cell: ({ address }) => address ?? "unknown", word: true },
          { head: "Signed in", cell: ({ createdAt }) => <Time at={createdAt} />, word: true },
          { head: "Last used", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} />, word: true },
          sessions.some(({ current }) => !current) && {
            head: "Actions",
            label: null,
            cell: ({ id, current }) =>
              current ? null : (
                <ConfirmButton
                  name="End session"
                  confirm="End it now"
                  onConfirm={() => end.mutate(id)}
                  disabled={end.isPending}
                />
              ),
          },
        ]}
      />
      <Refusal error={end.error} />
    </>
  );
}
