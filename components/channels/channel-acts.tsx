"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { answerOf, api, within } from "#components/api/client.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import form from "#components/ui/form.module.css";
import type { ChannelJson } from "#domain/api/routing.ts";
import { SendOutcome } from "./send-outcome.tsx";

/** Sends a test the way pages go, and shows the result; deletes the channel. */
export function ChannelActs({ channel: { name, receivers } }: { channel: ChannelJson }) {
  const mayTest = useMay("respond");
  const mayDelete = useMay("write");
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
      await client.invalidateQueries({ queryKey: ["channels"] });
      router.push("/alerts/channels");
    },
  });
  if (mayTest === false) return <SignInToAct scope="respond" to="send a test" />;
  return (
    <>
      <div className={form.buttons}>
        <button
          type="button"
          className={form.main}
          onClick={() => test.mutate()}
          disabled={mayTest !== true || test.isPending}
        >
          {test.isPending ? "Sending…" : "Send test"}
        </button>
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
      {(test.error ?? remove.error) && (
        <p className={form.refusal} role="alert">
          {(test.error ?? remove.error)?.message}
        </p>
      )}
    </>
  );
}
