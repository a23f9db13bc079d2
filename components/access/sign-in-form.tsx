"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import styles from "./access.module.css";

/** Pasting a token starts a session that can read the pages while they are in use, and act within the token's scopes. */
export function SignInForm({ target, isPrivate }: { target: string; isPrivate: boolean }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get("token") ?? "").trim();
    setBusy(true);
    const reason = await startSession(token);
    setRefusal(reason);
    setBusy(false);
    // A full page load: nothing fetched anonymously is kept.
    if (reason === null) window.location.assign(target);
  }

  return (
    <div className={styles.place}>
      <Notice title="Sign in to Tidemark">
        <p>
          {isPrivate
            ? "This dashboard is private. Paste an API token with the scope read. It is not stored in this browser."
            : "Anyone can view this dashboard. To make changes, paste an API token with the scope respond or write. It is not stored in this browser."}
        </p>
        {/* post: submitted before the script has loaded, a form would otherwise put the token into the URL. */}
        <form method="post" onSubmit={signIn} className={page.form}>
          <TextInput
            label="Token"
            name="token"
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            autoFocus
            placeholder="tm_…"
            error={refusal && <span role="alert">{refusal}</span>}
          />
          <Button type="submit" variant="filled" disabled={busy}>
            Sign in
          </Button>
        </form>
        <p>
          No token? An administrator creates one with <code>npx tidemark token create</code>.
        </p>
      </Notice>
    </div>
  );
}

/** null: signed in; else the reason for the refusal, in a sentence. */
async function startSession(token: string): Promise<string | null> {
  const answer = await fetch("/api/v1/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  if (answer === null) return "Tidemark did not respond. Check the connection and try again.";
  if (answer.ok) return null;
  const problem = (await answer.json().catch(() => null)) as { detail?: string } | null;
  return problem?.detail ?? "Couldn’t check the token. Try again in a moment.";
}
