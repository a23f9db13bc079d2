"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { withBase } from "#components/api/base-path.ts";
import { queries } from "#components/api/queries.ts";
import { mayChange, type Owner } from "#domain/access/may-change.ts";
import { leastRoleWith } from "#domain/access/role.ts";

/** Shown instead of buttons that would be refused: what to ask for, or a link to sign in. A full page load, so that its answer is fresh. */
export function SignInToAct({
  to,
  scope,
  owner = null,
}: {
  to: string;
  scope: "respond" | "write";
  /** The team that owns what would be changed. */
  owner?: Owner;
}) {
  const path = usePathname();
  const search = useSearchParams().toString();
  const here = search === "" ? path : `${path}?${search}`;
  const { data: visitor } = useQuery(queries.visitor());
  if (visitor?.scopes.includes(scope) && !mayChange(visitor.teams, owner)) {
    return <p>Belongs to team {owner}. Its members and administrators can change it.</p>;
  }
  if (visitor?.person) {
    return (
      <p>
        Your role is {visitor.person.role}. Ask an administrator for the role {leastRoleWith(scope)} to {to}.
      </p>
    );
  }
  return (
    <p>
      <a href={withBase(`/sign-in?next=${encodeURIComponent(here)}`)}>Sign in</a> to {to}. It needs the role{" "}
      {leastRoleWith(scope)}, or a token with the scope <code>{scope}</code>.
    </p>
  );
}
