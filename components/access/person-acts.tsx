"use client";

import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { people, peopleKeys } from "#components/api/people.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { useAct } from "#components/ui/use-act.ts";
import type { PersonJson } from "#domain/api/people.ts";
import { OneTimeLink } from "./one-time-link.tsx";

/** What an administrator does about one person. */
export function PersonActs({ person, isSelf }: { person: PersonJson; isSelf: boolean }) {
  const { id, name, issuer, disabledAt, sessions } = person;
  const setDisabled = useAct((disabled: boolean) => people.setDisabled(id, disabled), {
    says: (changed) => `${name} is ${changed.disabledAt ? "disabled" : "enabled"}.`,
    rereads: peopleKeys,
  });
  const end = useAct(() => people.endSessions(id), { says: `${name} is signed out.`, rereads: peopleKeys });
  const link = useMutation({ mutationFn: () => people.link(id) });
  return (
    <>
      <div className={page.row}>
        {sessions > 0 && !isSelf && (
          <ConfirmButton
            name="End sessions"
            confirm={`End ${formatCountOf(sessions, "session")} of ${name}`}
            act={end}
          />
        )}
        {issuer === null && disabledAt === null && (
          <Button onClick={() => link.mutate()} loading={link.isPending}>
            New link
          </Button>
        )}
        {!isSelf &&
          (disabledAt ? (
            <Button onClick={() => setDisabled.mutate(false)} loading={setDisabled.isPending}>
              Enable
            </Button>
          ) : (
            <ConfirmButton name="Disable" confirm={`Disable ${name}`} act={setDisabled} input={true} />
          ))}
      </div>
      {link.data && <OneTimeLink person={link.data} />}
      <Refusal error={setDisabled.error ?? end.error ?? link.error} />
    </>
  );
}
