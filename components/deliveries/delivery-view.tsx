"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { SignInToAct } from "#components/access/sign-in-to-act.tsx";
import { useMay } from "#components/access/use-may.ts";
import { api } from "#components/api/client.ts";
import { queries } from "#components/api/queries.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { formatCount } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { DeliveryDetailJson } from "#domain/api/deliveries.ts";
import { DeliveryReceiver } from "./delivery-receiver.tsx";
import { becameText } from "./delivery-words.ts";

/** One delivery: its channel, its status and attempts, and its message. */
export function DeliveryView({ initial, asOf }: { initial: DeliveryDetailJson; asOf: string }) {
  const query = useQuery({ ...queries.delivery(initial.id), initialData: initial });
  const delivery = query.data;
  // A digest and a webhook's message are no alerts: nothing in them fires.
  const isAlert = delivery.kind !== "digest" && delivery.status !== null;
  return (
    <article className={page.page}>
      <PageHeading query={query}>{delivery.title}</PageHeading>
      <p className={delivery.state === "failed" ? page.trouble : undefined}>
        To <DeliveryReceiver delivery={delivery} />: {becameText(delivery)}.
        {delivery.nextAttemptAt !== null && (
          <>
            {" "}
            Next attempt <Time at={delivery.nextAttemptAt} relativeTo={asOf} />.
          </>
        )}
      </p>
      <dl className={page.facts}>
        <Fact name="Kind">
          {isAlert
            ? `${delivery.kind}, ${delivery.status}`
            : delivery.kind === "digest"
              ? "monthly digest"
              : delivery.kind}
        </Fact>
        {isAlert && <Fact name="Severity">{delivery.severity}</Fact>}
        <Fact name={delivery.channel === null ? "Consumer" : "Receiver"}>{delivery.receiver}</Fact>
        <Fact name="Created">
          <Time at={delivery.createdAt} relativeTo={asOf} />
        </Fact>
        {delivery.incidentId !== null && (
          <Fact name="Incident">
            <Link href={`/alerts/incidents/${delivery.incidentId}`}>{delivery.incidentId}</Link>
          </Fact>
        )}
      </dl>
      <Section id="attempts" title="Attempts">
        {delivery.tries.length === 0 ? <p>No attempts yet.</p> : <DeliveryTries tries={delivery.tries} asOf={asOf} />}
        <Replay delivery={delivery} />
      </Section>
      <Section id="body" title="Content">
        <p className={page.quiet}>
          The content before formatting for the channel. Its deduplication key, the same for every attempt:{" "}
          <code>{delivery.dedupKey}</code>.
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <pre className={page.code} tabIndex={0}>
          {JSON.stringify(delivery.notification, null, 2)}
        </pre>
      </Section>
    </article>
  );
}

function Replay({ delivery: { id, state } }: { delivery: DeliveryDetailJson }) {
  const may = useMay("respond");
  const replay = useAct(() => api.POST("/deliveries/{id}/replay", { params: { path: { id } } }), {
    says: "Queued. The attempts show its status.",
    rereads: [queries.delivery(id).queryKey],
  });
  if (may === null) return null;
  if (!may) return <SignInToAct scope="respond" to="resend it" />;
  return (
    <>
      <div className={page.row}>
        <Button onClick={() => replay.mutate()} disabled={replay.isPending}>
          {state === "queued" ? "Retry now" : "Resend"}
        </Button>
      </div>
      <Refusal error={replay.error} />
    </>
  );
}

const outcomes = { sent: "taken", retryable: "will be retried", permanent: "permanent failure" } as const;

function DeliveryTries({ tries, asOf }: { tries: DeliveryDetailJson["tries"]; asOf: string }) {
  return (
    <DataTable
      plain
      label="Attempts"
      rows={tries}
      rowKey={({ at, detail }) => `${at} ${detail}`}
      columns={[
        { head: "Time", word: true, cell: ({ at }) => <Time at={at} relativeTo={asOf} /> },
        {
          head: "Outcome",
          label: null,
          cell: ({ outcome }) => outcomes[outcome],
          tone: ({ outcome }) => (outcome === "permanent" ? "trouble" : undefined),
        },
        { head: "Code", cell: ({ status }) => status ?? "none" },
        {
          head: "Response",
          label: null,
          cell: ({ detail, response }) => (response === null ? detail : `${detail}: ${response}`),
        },
        { head: "Duration", figure: true, word: true, cell: ({ durationMs }) => `${formatCount(durationMs)} ms` },
      ]}
    />
  );
}
