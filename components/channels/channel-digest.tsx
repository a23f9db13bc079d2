"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { withBase } from "#components/api/base-path.ts";
import { answerOf, api, within } from "#components/api/client.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { Time } from "#components/ui/time.tsx";
import type { ChannelDigestJson, ChannelJson } from "#domain/api/routing.ts";
import { monthName } from "#domain/slo/slo-words.ts";
import { digestHref, digestOutcome, digestScope } from "./digest-words.ts";
import { SendOutcome } from "./send-outcome.tsx";

/**
 * A mail channel's monthly digest for managers: its scope, when the next is due, the result of the last; and last month's on
 * request.
 */
export function ChannelDigest({ channel: { name, digest }, asOf }: { channel: ChannelJson; asOf: string }) {
  if (digest === null) {
    return (
      <p>
        Off. Choose one in the settings below to mail each month’s service levels once the month is frozen. See{" "}
        <Link href="/docs/slo#by-mail-each-month">Monthly digest</Link>.
      </p>
    );
  }
  const { last, next } = digest;
  return (
    <>
      <p>
        Service levels of {digestScope(digest)}, in text and HTML. <Next next={next} asOf={asOf} />
      </p>
      {last && (
        <p>
          {monthName(last.month)}: {digestOutcome(last)} (decided <Time at={last.decidedAt} relativeTo={asOf} />
          ). {last.deliveryId !== null && <Link href={`/alerts/deliveries/${last.deliveryId}`}>View delivery</Link>}
        </p>
      )}
      <SendNow name={name} digest={digest} />
    </>
  );
}

function Next({ next: { month, dueAt }, asOf }: { next: ChannelDigestJson["next"]; asOf: string }) {
  if (dueAt <= asOf)
    return <>{monthName(month)}’s digest waits until the month is frozen for each of its event types.</>;
  return (
    <>
      {monthName(month)}’s digest is sent <Time at={dueAt} relativeTo={asOf} />, once the month is frozen.
    </>
  );
}

function SendNow({ name, digest }: { name: string; digest: ChannelDigestJson }) {
  const may = useMay("respond");
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: () =>
      answerOf(api.POST("/channels/{name}/digest", { params: { path: { name } }, fetch: within(30_000) })),
    onSettled: () => client.invalidateQueries({ queryKey: ["deliveries"] }),
  });
  return (
    <>
      <div className={page.row}>
        {may && (
          <Button onClick={() => send.mutate()} loading={send.isPending}>
            Send last month’s digest now
          </Button>
        )}
        <Button component="a" href={withBase(digestHref(digest))}>
          Preview last month’s digest
        </Button>
      </div>
      {may === false && <SignInToAct scope="respond" to="send last month’s digest now" />}
      <p className={page.quiet}>A digest sent now names who requested it. The scheduled one is sent as well.</p>
      <div role="status">{send.data && <SendOutcome what="The digest" delivery={send.data} />}</div>
      <Refusal error={send.error} />
    </>
  );
}
