"use client";

import { Button, FileButton } from "@mantine/core";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { onCallKeys } from "#components/api/queries.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { useOrigin } from "#components/ui/use-origin.ts";

/** The schedule for calendar programs, and overrides from a calendar's file. */
export function CalendarActs({ name }: { name: string }) {
  const may = useMay("respond");
  const origin = useOrigin();
  const send = async (file: File) =>
    answerOf(
      api.PUT("/on-call-schedules/{name}/calendar", {
        params: { path: { name } },
        body: await file.text(),
        headers: { "content-type": "text/calendar" },
        bodySerializer: String,
      }),
    );
  const bring = useAct(send, {
    says: ({ created, removed, unchanged }) =>
      `Calendar imported: ${created} created, ${removed} removed, ${unchanged} unchanged.`,
    rereads: onCallKeys(name),
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
