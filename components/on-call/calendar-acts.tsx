"use client";

import { Button, FileButton } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { toast } from "#components/ui/toast.ts";
import { useOrigin } from "#components/ui/use-origin.ts";
import { afterOverride } from "./after-override.ts";

/** The schedule for calendar programs, and overrides from a calendar's file. */
export function CalendarActs({ name }: { name: string }) {
  const may = useMay("respond");
  const client = useQueryClient();
  const origin = useOrigin();
  const bring = useMutation({
    mutationFn: async (file: File) => {
      const body = await file.text();
      return answerOf(
        api.PUT("/on-call-schedules/{name}/calendar", {
          params: { path: { name } },
          body,
          headers: { "content-type": "text/calendar" },
          bodySerializer: String,
        }),
      );
    },
    onSuccess: ({ created, removed, unchanged }) => {
      toast({ message: `Calendar imported: ${created} created, ${removed} removed, ${unchanged} unchanged.` });
      return afterOverride(client, name);
    },
  });
  return (
    <>
      <p>Subscribe to this address in a calendar program. It has the shifts of about three months.</p>
      <CopyLine
        text={`${origin}/api/v1/on-call-schedules/${encodeURIComponent(name)}/calendar.ics`}
        label="Address of the calendar"
      />
      {may === true && (
        <>
          <p>
            Import a rota that is kept elsewhere: an iCalendar file whose events have people’s names as titles. They
            become overrides, in place of those imported before.
          </p>
          <div>
            <FileButton accept=".ics,text/calendar" onChange={(file) => file && bring.mutate(file)}>
              {(props) => (
                <Button {...props} loading={bring.isPending}>
                  Import calendar…
                </Button>
              )}
            </FileButton>
          </div>
          <Refusal error={bring.error} />
        </>
      )}
    </>
  );
}
