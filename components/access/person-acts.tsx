"use client";

import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { afterPeopleChanged, people } from "#components/api/people.ts";
import { ConfirmButton } from "#components/ui/confirm-button.tsx";
import { formatCountOf } from "#components/ui/number-format.ts";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { toast } from "#components/ui/toast.ts";
import type { PersonJson } from "#domain/api/people.ts";
import { OneTimeLink } from "./one-time-link.tsx";

/** What an administrator does about one person. */
export function PersonActs({ person, isSelf }: { person: PersonJson; isSelf: boolean }) {
  const { id, name, issuer, disabledAt, sessions } = person;
  const client = useQueryClient();
  const said = (message: string) => async () => {
    toast({ message });
    await afterPeopleChanged(client);
  };
  const setDisabled = useMutation({
    mutationFn: (disabled: boolean) => people.setDisabled(id, disabled),
    onSuccess: (changed) => said(`${name} is ${changed.disabledAt ? "disabled" : "enabled"}.`)(),
  });
  const end = useMutation({ mutationFn: () => people.endSessions(id), onSuccess: said(`${name} is signed out.`) });
  const link = useMutation({ mutationFn: () => people.link(id) });
  return (
    <>
      <div className={page.row}>
        {sessions > 0 && !isSelf && (
          <ConfirmButton
            name="End sessions"
            confirm={`End ${formatCountOf(sessions, "session")} of ${name}`}
            onConfirm={() => end.mutate()}
            disabled={end.isPending}
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
            <ConfirmButton
              name="Disable"
              confirm={`Disable ${name}`}
              onConfirm={() => setDisabled.mutate(true)}
              disabled={setDisabled.isPending}
            />
          ))}
      </div>
      {link.data && <OneTimeLink person={link.data} />}
      <Refusal error={setDisabled.error ?? end.error ?? link.error} />
    </>
  );
}
