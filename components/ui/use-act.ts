"use client";

import { type QueryClient, type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type Toast, toast } from "./toast.ts";

interface AfterAct<Answer, Input> {
  /** What the form does at once. */
  done?: (answer: Answer) => void;
  /** What became of it, in a toast. */
  says?: Toast["message"] | ((answer: Answer, input: Input) => Toast["message"]);
  /** Takes it back, from the toast. */
  undo?: (answer: Answer, input: Input) => Promise<unknown>;
  /** What no longer exists: it is not read again while the page is left. */
  forgets?: QueryKey;
  /** What shows it. The act is pending until this is read again. */
  rereads?: readonly QueryKey[];
  /** The page to go to. */
  leadsTo?: string;
}

/** Something that the visitor does through the API, and what follows once it is done. */
export function useAct<Answer, Input = void>(
  act: (input: Input) => Promise<Answer>,
  { done, says, undo, forgets, rereads = [], leadsTo }: AfterAct<Answer, Input>,
) {
  const client = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: act,
    onSuccess: async (answer, input) => {
      done?.(answer);
      if (says !== undefined) {
        const message = typeof says === "function" ? says(answer, input) : says;
        toast({ message, ...(undo && { undo: () => undo(answer, input).then(() => reread(client, rereads)) }) });
      }
      if (forgets !== undefined) client.removeQueries({ queryKey: forgets });
      await reread(client, rereads);
      if (leadsTo !== undefined) router.push(leadsTo);
    },
  });
}

/** Whatever is shown: verdicts changed, or what is derived from them. */
export const everything: readonly QueryKey[] = [[]];

export async function reread(client: QueryClient, keys: readonly QueryKey[]): Promise<void> {
  await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
}
