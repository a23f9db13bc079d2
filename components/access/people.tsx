"use client";

import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type FormEvent, useState } from "react";
import { ApiProblem } from "#components/api/client.ts";
import { people, peopleKeys, peopleQueries } from "#components/api/people.ts";
import { queries } from "#components/api/queries.ts";
import { DataTable } from "#components/ui/data-table.tsx";
import page from "#components/ui/page.module.css";
import { PageHeading } from "#components/ui/page-heading.tsx";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Section } from "#components/ui/section.tsx";
import { Time } from "#components/ui/time.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { PersonJson } from "#domain/api/people.ts";
import { ForAdministrators } from "./for-administrators.tsx";
import { InviteForm } from "./invite-form.tsx";
import { PersonActs } from "./person-acts.tsx";
import { readTeams } from "./read-teams.ts";

/** Everyone who signs in, for administrators. */
export function People() {
  const query = useQuery({ ...peopleQueries.people(), retry: false });
  const { data: visitor } = useQuery(queries.visitor());
  if (query.error instanceof ApiProblem && query.error.status === 403) {
    return <ForAdministrators do="manage people" command="npx tidemark people" />;
  }
  if (!query.data) return query.error ? <Refusal error={query.error} /> : <PageSkeleton label="Loading the people" />;
  const { items } = query.data;
  return (
    <article className={page.page}>
      <PageHeading query={query}>People</PageHeading>
      <p>
        <Link href="/audit">Audit log</Link> of what they changed
      </p>
      {items.length === 0 ? (
        <p>No one has signed in as a person yet. Invite the first one below.</p>
      ) : (
        <PeopleTable people={items} self={visitor?.person?.id ?? null} />
      )}
      <Section id="invite" title="Invite a person">
        <p className={page.hint}>
          For people without an account at an identity provider. They sign in with a link that works once.
        </p>
        <InviteForm />
      </Section>
    </article>
  );
}

function PeopleTable({ people, self }: { people: readonly PersonJson[]; self: string | null }) {
  return (
    <DataTable
      label="People, by name"
      rows={people}
      rowKey={({ id }) => id}
      columns={[
        {
          head: "Name",
          cell: ({ id, name, email, issuer }) => (
            <>
              <strong>{name}</strong>
              {id === self && " (you)"}
              <div className={page.quiet}>{[email, issuer ?? "signs in with links"].filter(Boolean).join(", ")}</div>
            </>
          ),
        },
        { head: "Role", cell: ({ role }) => role, word: true },
        {
          head: "Teams",
          cell: (person) =>
            person.issuer === null ? (
              <TeamForm key={person.teams.join()} person={person} />
            ) : (
              person.teams.join(", ") || "none"
            ),
        },
        {
          head: "Last seen",
          cell: ({ lastSeenAt }) => (lastSeenAt ? <Time at={lastSeenAt} /> : "never"),
          word: true,
        },
        { head: "Sessions", cell: ({ sessions }) => sessions, figure: true },
        {
          head: "State",
          cell: ({ disabledAt, disabledBy }) =>
            disabledAt ? (
              <>
                disabled by {disabledBy}, <Time at={disabledAt} />
              </>
            ) : (
              "enabled"
            ),
          tone: ({ disabledAt }) => (disabledAt ? "trouble" : "quiet"),
        },
        { head: "Actions", label: null, cell: (person) => <PersonActs person={person} isSelf={person.id === self} /> },
      ]}
    />
  );
}

/** The teams of a person who signs in with links: a provider's groups decide everyone else's. */
function TeamForm({ person: { id, name, teams } }: { person: PersonJson }) {
  const [text, setText] = useState(teams.join(", "));
  const save = useAct(() => people.setTeams(id, readTeams(text)), { rereads: peopleKeys });
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
