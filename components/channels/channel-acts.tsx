"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay, useMayChange } from "#components/access/use-may.ts";
import { answerOf, api, within } from "#components/api/client.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { toast } from "#components/ui/toast.ts";
import type { ChannelJson } from "#domain/api/routing.ts";
import { SendOutcome } from "./send-outcome.tsx";

/** Sends a test the way pages go, and shows the result; deletes the channel. */
export function ChannelActs({ channel: { name, receivers, spec } }: { channel: ChannelJson }) {
  const mayTest = useMay("respond");
  const mayDelete = useMayChange(spec.owner ?? null);
  const client = useQueryClient();
  const router = useRouter();
  const test = useMutation({
    mutationFn: () =>
      answerOf(api.POST("/channels/{name}/test", { params: { path: { name } }, fetch: within(30_000) })),
    onSettled: () => client.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  const remove = useMutation({
    mutationFn: () => api.DELETE("/channels/{name}", { params: { path: { name } } }),
    onSuccess: async () => {
      toast({ message: `${name} deleted.` });
      await client.invalidateQueries({ queryKey: ["channels"] });
      router.push("/alerts/channels");
    },
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
          <ConfirmButton
            name="Delete channel"
            confirm={`Delete ${name}`}
            onConfirm={() => remove.mutate()}
            disabled={remove.isPending}
          />
        )}
      </div>
      <div role="status">{test.data && <SendOutcome what="The test" delivery={test.data} />}</div>
      <Refusal error={test.error ?? remove.error} />
    </>
  );
}
