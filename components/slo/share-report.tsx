"use client";

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api } from "#components/api/client.ts";
import { CopyLine } from "#components/ui/copy-line.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { useOrigin } from "#components/ui/use-origin.ts";

interface ShareReportProps {
  body: { month: string; tier?: string; owner?: string; eventType?: string };
}

/** A link to the month's report as it is now. Only for visitors who may create one. */
export function ShareReport({ body }: ShareReportProps) {
  const may = useMay("respond");
  const origin = useOrigin();
  const share = useMutation({ mutationFn: () => answerOf(api.POST("/slo/snapshots", { body })) });
  if (may !== true) return null;
  if (share.data) return <CopyLine text={`${origin}${share.data.path}`} label="frozen link" />;
  return (
    <>
      <Button disabled={share.isPending} onClick={() => share.mutate()}>
        Create frozen link
      </Button>
      <Refusal error={share.error} />
    </>
  );
}
