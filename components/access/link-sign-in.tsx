"use client";

import { Button, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { withBase } from "#components/api/base-path.ts";
import { answerOf, api } from "#components/api/client.ts";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import { Refusal } from "#components/ui/refusal.tsx";
import styles from "./access.module.css";

/** Opening a link uses nothing up: programs that preview links open them too. The button signs in. */
export function LinkSignIn() {
  // Read once, then taken out of the address, which a screen or a bookmark would show.
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    setCode((known) => known ?? window.location.hash.slice(1));
    window.history.replaceState(null, "", window.location.pathname);
  }, []);
  const link = useQuery({
    queryKey: ["sign-in-link", code],
    queryFn: () => answerOf(api.POST("/session/link/check", { body: { code: code ?? "" } })),
    enabled: code !== null && code !== "",
    retry: false,
    refetchOnWindowFocus: false,
  });
  return (
    <div className={styles.place}>
      <Notice title="Sign in to Tidemark">
        {code === "" && <p>This address is incomplete. Open the whole link, with what follows the #.</p>}
        <Refusal error={link.error} />
        {link.data && <UseLink code={code ?? ""} name={link.data.name} />}
        {code === null || link.isFetching ? <p role="status">Checking the link…</p> : null}
        <p className={page.hint}>
          <a href={withBase("/sign-in")}>Other ways to sign in</a>
        </p>
      </Notice>
    </div>
  );
}

function UseLink({ code, name }: { code: string; name: string | null }) {
  const signIn = useMutation({
    mutationFn: (given: string) =>
      answerOf(api.POST("/session/link", { body: { code, ...(name === null ? { name: given } : {}) } })),
    // A full page load: nothing fetched anonymously is kept.
    onSuccess: () => window.location.assign(withBase("/")),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    signIn.mutate(String(new FormData(event.currentTarget).get("name") ?? ""));
  };
  return (
    <form method="post" onSubmit={submit} className={page.form}>
      {name === null ? (
        <>
          <p>This link signs in the first administrator of this Tidemark. It works once.</p>
          <TextInput
            label="Your name"
            name="name"
            description="Recorded with everything that you do here."
            autoComplete="name"
            required
            maxLength={200}
          />
        </>
      ) : (
        <p>This link signs in {name}, on this device. It works once.</p>
      )}
      <Refusal error={signIn.error} />
      <Button type="submit" variant="filled" loading={signIn.isPending}>
        {name === null ? "Sign in as administrator" : `Sign in as ${name}`}
      </Button>
    </form>
  );
}
