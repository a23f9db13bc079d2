"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { failureOf, queries } from "#components/api/queries.ts";

export interface KnownCauses {
  /** Per type the sentence that explains its trouble; undefined until loaded. */
  sentences: ReadonlyMap<string, string> | undefined;
  failure: string | null;
}

/** Why types are in trouble, fetched only while shown. */
export function useCauses(enabled: boolean): KnownCauses {
  const query = useQuery({ ...queries.fleetExplanation(), enabled });
  const causes = query.data?.causes;
  const sentences = useMemo(
    () =>
      causes && new Map(causes.flatMap(({ cause, eventTypes }) => eventTypes.map((name) => [name, cause.sentence]))),
    [causes],
  );
  return { sentences, failure: failureOf(query) };
}
