"use client";

import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { afterPeopleChanged, people } from "#components/api/people.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import type { PersonJson } from "#domain/api/people.ts";
import { readTeams } from "./read-teams.ts";

/** The teams of a person who signs in with links: a provider's groups decide everyone else's. */
export function TeamForm({ person: { id, name, teams } }: { person: PersonJson }) {
  const client = useQueryClient();
  const [text, setText] = useState(teams.join(", "));
  const save = useMutation({
    mutationFn: () => people.setTeams(id, readTeams(text)),
    onSuccess: () => afterPeopleChanged(client),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form method="post" onSubmit={submit} className={page.row}>
      <TextInput
        aria-label={`Teams of ${name}`}
        placeholder="none"
        autoComplete="off"
        size="xs"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {readTeams(text).join() !== teams.join() && (
        <Button type="submit" size="compact-sm" loading={save.isPending}>
          Save
        </Button>
      )}
      <Refusal error={save.error} />
    </form>
  );
}
