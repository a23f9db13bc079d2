"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay, useMayChange } from "#components/access/use-may.ts";
import { answerOf, api, within } from "#components/api/client.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { ChannelJson } from "#domain/api/routing.ts";
import { SendOutcome } from "./send-outcome.tsx";

/** Sends a test the way pages go, and shows the result; deletes the channel. */
export function ChannelActs({ channel: { name, receivers, spec } }: { channel: ChannelJson }) {
  const mayTest = useMay("respond");
  const mayDelete = useMayChange(spec.owner ?? null);
  const client = useQueryClient();
  const test = useMutation({
    mutationFn: () =>
      answerOf(api.POST("/channels/{name}/test", { params: { path: { name } }, fetch: within(30_000) })),
    onSettled: () => client.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  const remove = useAct(() => api.DELETE("/channels/{name}", { params: { path: { name } } }), {
    says: `${name} deleted.`,
    rereads: [["channels"]],
    leadsTo: "/alerts/channels",
  });
  if (mayTest === null) return null;
  if (!mayTest) return <SignInToAct scope="respond" to="send a test" />;
  return (
    <>
      <div className={page.row}>
        <Button variant="filled" onClick={() => test.mutate()} loading={test.isPending}>
          Send test
        </Button>
        {mayDelete && receivers.length === 0 && (
          <ConfirmButton name="Delete channel" confirm={`Delete ${name}`} act={remove} />
        )}
      </div>
      <div role="status">{test.data && <SendOutcome what="The test" delivery={test.data} />}</div>
      <Refusal error={test.error ?? remove.error} />
    </>
  );
}
