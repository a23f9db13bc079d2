"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { withBase } from "#components/api/base-path.ts";
import { people, peopleKeys, peopleQueries } from "#components/api/people.ts";
import { queries } from "#components/api/queries.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { Fact } from "#components/ui/fact.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { PageSkeleton } from "#components/ui/page-skeleton.tsx";
import { Refusal } from "#components/ui/refusal.tsx";
import { Section } from "#components/ui/section.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { SessionTable } from "./session-table.tsx";
import { signOut } from "./sign-out.ts";

const roleWords = {
  viewer: "reads",
  responder: "reads, acknowledges, silences",
  editor: "reads, responds, and changes the catalogue, rules and corrections",
  admin: "does everything except send events",
} as const;

/** Who the reader is here, what they may do, and where they are signed in. */
export function Account() {
  const { data: visitor, error } = useQuery(queries.visitor());
  if (error) return <Refusal error={error} />;
  if (!visitor) return <PageSkeleton label="Loading your account" />;
  if (visitor.actor === "dashboard") {
    return (
      <Notice title="Not signed in">
        <p>
          You read an open dashboard without an account. <a href={withBase("/sign-in?next=%2Faccount")}>Sign in</a> to
          act under your name.
        </p>
      </Notice>
    );
  }
  const { person, actor, scopes } = visitor;
  return (
    <article className={page.page}>
      <div className={page.heading}>
        <h1>{actor}</h1>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
      <Section id="who" title="Account">
        <dl className={page.facts}>
          {person ? (
            <>
              <Fact name="Role">
                {person.role}: {roleWords[person.role]}
              </Fact>
              <Fact name="Teams">{person.teams.join(", ") || "none"}</Fact>
              {person.email && <Fact name="E-mail">{person.email}</Fact>}
              <Fact name="Signs in">{person.issuer ? `at ${person.issuer}` : "with one-time links"}</Fact>
            </>
          ) : (
            <>
              <Fact name="Signed in">with a token</Fact>
              <Fact name="Scopes">{scopes.join(", ")}</Fact>
            </>
          )}
        </dl>
        {scopes.includes("admin") && (
          <p className={page.row}>
            <Link href="/people">Manage people</Link>
            <Link href="/audit">Audit log</Link>
          </p>
        )}
      </Section>
      <Sessions person={person?.id} />
    </article>
  );
}

function Sessions({ person }: { person: string | undefined }) {
  const sessions = useQuery(peopleQueries.sessions(person));
  const endOthers = useAct(() => people.endSessions(undefined), {
    says: ({ ended }) => `${formatCountOf(ended, "session")} ended.`,
    rereads: peopleKeys,
  });
  const others = sessions.data?.items.filter(({ current }) => !current).length ?? 0;
  return (
    <Section id="sessions" title="Your sessions">
      <p className={page.hint}>A session ends 12 hours after its last use, and 7 days after the sign-in.</p>
      {sessions.data && <SessionTable sessions={sessions.data.items} />}
      <Refusal error={sessions.error ?? endOthers.error} />
      {others > 0 && (
        <p>
          <ConfirmButton
            name="End all other sessions"
            confirm={`End ${formatCountOf(others, "other session")}`}
            act={endOthers}
          />
        </p>
      )}
    </Section>
  );
}
