"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, type QueryKey, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useMay, useMayChange } from "#components/access/use-may.ts";
import { ApiProblem, api } from "#components/api/client.ts";
import { onlyIf } from "#components/api/only-if.ts";
import { toast } from "#components/ui/toast.ts";
import { reread } from "#components/ui/use-act.ts";
import { faultAt, faultsOf, faultText } from "./fault-at.ts";
import { getAt, type Path, pointerOf, sameSpec, setAt, type WrittenSpec } from "./spec-path.ts";

/** What the form starts from. */
export interface Stored {
  name: string;
  spec: WrittenSpec;
  /** null: it does not exist yet. */
  etag: string | null;
}

interface DraftOptions {
  stored: Stored;
  /** Replaces the stored one of the name. */
  write: (name: string, spec: WrittenSpec, how: WriteOptions) => Promise<unknown>;
  /** What shows the saved one: the save is over once its etag is known. */
  rereads: (name: string) => readonly QueryKey[];
  /** The page of a new one, once it exists. */
  pageOf?: (name: string) => string;
  /** A new one, as it was saved. */
  onCreated?: ((name: string, spec: WrittenSpec) => Promise<unknown>) | undefined;
}

export type Draft = ReturnType<typeof useDraft>;

interface WriteOptions {
  query?: { dryRun?: "true" };
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

type SpecPath =
  | "/channels/{name}"
  | "/deployment-hooks/{name}"
  | "/on-call-schedules/{name}"
  | "/rules/{name}"
  | "/sources/{name}";

/** Writes what has a name of its own. */
export const putSpec =
  (path: SpecPath): DraftOptions["write"] =>
  (name, spec, { query = {}, ...how }) =>
    api.PUT(path, { params: { path: { name }, query }, body: spec as never, ...how });

const settleMs = 400;
export const unreadable = "The document has a fault. Correct it, or discard your changes.";

/**
 * A specification while it is edited, in its form or as a file: one value for both, so nothing that the form has no field for is
 * lost. The API checks it by a dry run whenever it rests, so a form has exactly the API's rules.
 */
export function useDraft({ stored, write, rereads, pageOf, onCreated }: DraftOptions) {
  const client = useQueryClient();
  const router = useRouter();
  const owner = typeof stored.spec.owner === "string" && stored.etag !== null ? stored.spec.owner : null;
  const mayWrite = useMay("write");
  const may = useMayChange(owner);
  const [base, setBase] = useState(stored);
  const [name, setName] = useState(stored.name);
  const [spec, setSpec] = useState(stored.spec);
  const [touched, setTouched] = useState<readonly string[]>([]);
  // Text in the file editor that is no document: the draft is then still the last one that was.
  const [textFault, setTextFault] = useState<string | null>(null);
  const [loads, setLoads] = useState(0);
  const isDirty = textFault !== null || name !== base.name || !sameSpec(spec, base.spec);
  const load = (next: Stored) => {
    setBase(next);
    setName(next.name);
    setSpec(next.spec);
    setTouched([]);
    setTextFault(null);
    setLoads(loads + 1);
  };
  // What was saved here has come back with its etag. A change that someone else saved is taken over, unless something here would
  // be lost.
  if (stored.etag !== base.etag) {
    if (sameSpec(stored.spec, base.spec)) setBase({ ...base, etag: stored.etag });
    else if (!isDirty) load(stored);
  }

  const [settled] = useDebouncedValue(spec, settleMs);
  const target = name.trim() === "" ? "new" : name;
  const check = useQuery({
    queryKey: ["dry-run", target, settled],
    queryFn: async ({ signal }) => {
      await write(target, settled, { query: { dryRun: "true" }, signal });
      return null;
    },
    enabled: may === true && isDirty,
    placeholderData: keepPreviousData,
    refetchInterval: false,
    meta: { unhurried: true },
  });
  const save = useMutation({
    mutationFn: async ({ anyway }: { anyway: boolean }) => {
      if (textFault !== null) throw new ApiProblem(400, unreadable);
      if (name.trim() === "")
        throw new ApiProblem(400, "Give it a name.", [{ parameter: "name", detail: "is required" }]);
      await write(name, spec, { headers: anyway ? {} : onlyIf(base.etag) });
    },
    onSuccess: async () => {
      setBase({ name, spec, etag: base.etag });
      toast({ message: base.etag === null ? `${name} created.` : "Saved." });
      if (base.etag === null) await onCreated?.(name, spec);
      await reread(client, rereads(name));
      if (base.etag === null && pageOf) router.push(pageOf(name));
    },
  });
  const refusal = save.error ?? (isDirty ? check.error : null);
  const faults = faultsOf(refusal);
  const isShown = (pointer: string) => save.isError || touched.some((each) => pointer.startsWith(each));
  const changed = (pointer: string) => {
    save.reset();
    if (!touched.includes(pointer)) setTouched([...touched, pointer]);
  };
  return {
    name,
    setName: (next: string) => {
      changed("name");
      setName(next);
    },
    spec,
    at: (path: Path) => getAt(spec, path),
    /** undefined leaves the field out. */
    set: (path: Path, value: unknown) => {
      changed(pointerOf(path));
      setSpec((current) => setAt(current, path, value));
    },
    replace: (next: WrittenSpec) => {
      changed("");
      setSpec(next);
    },
    /** What the API says is wrong with the field, once it was changed or a save was refused. */
    faultAt: (path: Path): string | undefined => {
      const found = faultAt(faults, pointerOf(path));
      return found && isShown(found.pointer ?? "") ? faultText(found) : undefined;
    },
    nameFault: faults.flatMap((fault) => (fault.parameter === "name" ? [faultText(fault)] : []))[0],
    faults,
    textFault,
    /** null: the text is a document. */
    setTextFault: (fault: string | null) => {
      if (fault !== textFault) save.reset();
      setTextFault(fault);
    },
    /** How often the draft was replaced as a whole: a field that keeps a text of its own begins again with each. */
    loads,
    isNew: base.etag === null,
    isDirty,
    may,
    /** The team that owns what is stored. */
    owner,
    isAnotherTeams: mayWrite === true && may === false,
    save,
    /** Someone saved since this was opened. */
    isBehind: isDirty && stored.etag !== base.etag && !save.isPending,
    discard: () => {
      save.reset();
      load(stored);
    },
  };
}
