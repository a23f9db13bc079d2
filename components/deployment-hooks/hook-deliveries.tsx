"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ListJson } from "#components/api/client.ts";
import { deliveriesAtFirst, deploymentHooks } from "#components/api/deployment-hooks.ts";
import { failureOf } from "#components/api/queries.ts";
import { type Column, DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { Time } from "#components/ui/time.tsx";
import type { LoggedDeliveryJson } from "#domain/api/hooks.ts";
import { isTrouble, outcomeText } from "./hook-words.ts";

/** More than are kept. */
const all = 500;

interface HookDeliveriesProps {
  name: string;
  initial: ListJson<LoggedDeliveryJson>;
  asOf: string;
}

/** What was delivered, the newest first, and what came of it. */
export function HookDeliveries({ name, initial, asOf }: HookDeliveriesProps) {
  const [limit, setLimit] = useState(deliveriesAtFirst);
  const isFirst = limit === deliveriesAtFirst;
  const query = useQuery({
    ...deploymentHooks.deliveries(name, limit),
    ...(isFirst ? { initialData: initial } : { placeholderData: initial }),
  });
  const { items, nextCursor } = query.data ?? initial;
  const failure = failureOf(query);
  return (
    <>
      {failure && <p className={page.quiet}>Couldn’t load the deliveries. {failure}</p>}
      {items.length === 0 ? (
        <p>Nothing was delivered yet. Send a test from the release tool: it appears here, also if it is refused.</p>
      ) : (
        <DataTable label="Deliveries, newest first" columns={columnsOf(asOf)} rows={items} rowKey={({ id }) => id} />
      )}
      {isFirst && nextCursor !== null && (
        <div className={page.row}>
          <Button size="compact-sm" onClick={() => setLimit(all)}>
            Show all that are kept
          </Button>
        </div>
      )}
    </>
  );
}

const columnsOf = (asOf: string): Column<LoggedDeliveryJson>[] => [
  { head: "Received", word: true, cell: ({ receivedAt }) => <Time at={receivedAt} relativeTo={asOf} /> },
  {
    head: "Outcome",
    label: null,
    word: true,
    tone: (delivery) => (isTrouble(delivery) ? "trouble" : delivery.outcome === "ignored" ? "quiet" : undefined),
    cell: outcomeText,
  },
  { head: "What came of it", label: null, cell: ({ detail }) => detail },
];
