"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { mayChange, type Owner } from "#domain/access/may-change.ts";

/** Whether the pages may act on the visitor's behalf; null while unknown. */
export function useMay(scope: "respond" | "write"): boolean | null {
  const { data, isError } = useQuery(queries.visitor());
  if (data) return data.scopes.includes(scope);
  return isError ? false : null;
}

/** Whether the visitor may change what a team owns; null while unknown. */
export function useMayChange(owner: Owner): boolean | null {
  const may = useMay("write");
  const { data } = useQuery(queries.visitor());
  return may && data ? mayChange(data.teams, owner) : may;
}
