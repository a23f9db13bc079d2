"use client";

import { useQuery } from "@tanstack/react-query";
import { queries } from "#components/api/queries.ts";
import { mayChange, type Owner } from "#domain/access/may-change.ts";
import { useMay } from "./use-may.ts";

/**
 * Whether the visitor may correct facts of a type, or of all types at once (null), as the API decides it: their owners do. `may` is null
 * while unknown; `owner` is a team that keeps the visitor from it.
 */
export function useMayCorrect(eventType: string | null): { may: boolean | null; owner: Owner } {
  const mayWrite = useMay("write");
  const { data: visitor } = useQuery(queries.visitor());
  const isLimited = mayWrite === true && visitor !== undefined && visitor.teams !== null;
  const types = useQuery({ ...queries.eventTypes(), enabled: isLimited });
  if (!isLimited) return { may: mayWrite, owner: null };
  if (!types.data) return { may: types.isError ? false : null, owner: null };
  const concerned = types.data.items.filter(({ name }) => eventType === null || name === eventType);
  const foreign = concerned.find(({ owner }) => !mayChange(visitor.teams, owner));
  return { may: foreign === undefined, owner: foreign?.owner ?? null };
}
