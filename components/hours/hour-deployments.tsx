"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { failureOf, queries } from "#components/api/queries.ts";
import { DeploymentLine } from "#components/deployments/deployment-line.tsx";
import page from "#components/ui/page.module.css";
import type { VerdictJson } from "#domain/api/verdict.ts";

const before = 6 * 3_600_000;
const afterClosing = 3_600_000;

/** Deployments from six hours before the hour until it was closed. */
export function HourDeployments({ verdict }: { verdict: VerdictJson }) {
  const { endsAt, closedAt, datacenters, asOf } = verdict;
  const start = Date.parse(endsAt) - 3_600_000;
  // For an hour that is not closed: up to a rounded instant, so that the query stays the same for a while.
  const until = closedAt ? Date.parse(closedAt) : Math.ceil(Date.parse(asOf) / afterClosing) * afterClosing;
  const search = new URLSearchParams({
    from: new Date(start - before).toISOString(),
    to: new Date(until + afterClosing).toISOString(),
    limit: "100",
  });
  const query = useQuery(queries.deployments(search.toString()));
  const failure = failureOf(query);
  if (!query.data) return <p className={page.quiet}>{failure ?? "Loading the deployments…"}</p>;
  const names = new Set(datacenters.map(({ name }) => name));
  const here = query.data.items.filter(({ datacenter }) => datacenter === null || names.has(datacenter));
  if (here.length === 0) {
    return (
      <p className={page.quiet}>
        No deployments at its datacenters from 6 h before the hour until 1 h after its closing.{" "}
        <Link href="/deployments">All deployments</Link>
      </p>
    );
  }
  return (
    <ul className={page.list}>
      {here.map((deployment) => (
        <li key={deployment.id}>
          <DeploymentLine deployment={deployment} asOf={asOf} />
        </li>
      ))}
    </ul>
  );
}
