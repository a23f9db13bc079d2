"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { answerOf, api } from "#components/api/client.ts";
import { peopleKeys } from "#components/api/people.ts";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import { useAct } from "#components/ui/use-act.ts";
import { type Role, roles } from "#domain/access/role.ts";
import { OneTimeLink } from "./one-time-link.tsx";
import { readTeams } from "./read-teams.ts";

/** Creates a local person, and shows the link to send them. */
export function InviteForm() {
  const [name, setName] = useState("");
  const [teams, setTeams] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const send = () => answerOf(api.POST("/people", { body: { name, role, teams: readTeams(teams) } }));
  const invite = useAct(send, {
    done: () => {
      setName("");
      setTeams("");
    },
    rereads: peopleKeys,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <>
      <form method="post" onSubmit={submit} className={page.row}>
        <TextInput
          label="Name"
          required
          maxLength={200}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label="Teams (optional)"
          placeholder="payments, ads"
          autoComplete="off"
          value={teams}
          onChange={(event) => setTeams(event.currentTarget.value)}
        />
        <Choice<Role> label="Role" data={roles} value={role} onChange={setRole} />
        <Button type="submit" loading={invite.isPending}>
          Invite
        </Button>
      </form>
      <Refusal error={invite.error} />
      {invite.data && <OneTimeLink person={invite.data} />}
    </>
  );
}
