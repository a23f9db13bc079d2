"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { withBase } from "#components/api/base-path.ts";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { Notice } from "#components/ui/notice.tsx";
import page from "#components/ui/page.module.css";
import styles from "./access.module.css";

interface SignInFormProps {
  /** Where to go afterwards, a page of this site. */
  target: string;
  isPrivate: boolean;
  provider: { name: string; isReachable: boolean } | null;
  /** Why the sign-in before did not complete. */
  refusal: string | null;
}

/** The ways in: the identity provider, if there is one, and a token. */
export function SignInForm({ target, isPrivate, provider, refusal }: SignInFormProps) {
  const tokenForm = <TokenForm target={target} isAlone={provider === null} />;
  return (
    <div className={styles.place}>
      <Notice title="Sign in to Tidemark">
        <p>
          {isPrivate
            ? "This dashboard is private: sign in to read it."
            : "Anyone can view this dashboard. Sign in to make changes."}
        </p>
        {refusal && (
          <p className={page.refusal} role="alert">
            {refusal}
          </p>
        )}
        {provider && <ProviderButton target={target} provider={provider} />}
        {provider ? (
          <Disclosure summary="Sign in with a token instead" open={!provider.isReachable}>
            {tokenForm}
          </Disclosure>
        ) : (
          tokenForm
        )}
        <p className={page.hint}>
          {provider ? (
            "No account there? An administrator of Tidemark can send you a one-time link."
          ) : (
            <>
              No token? An administrator sends you a one-time link, or creates a token with{" "}
              <code>npx tidemark token create</code>.
            </>
          )}
        </p>
      </Notice>
    </div>
  );
}

function ProviderButton({
  target,
  provider: { name, isReachable },
}: { target: string } & {
  provider: NonNullable<SignInFormProps["provider"]>;
}) {
  return (
    <>
      {!isReachable && (
        <p className={page.refusal} role="alert">
          {name} does not respond at the moment. Reload the page in a minute, or sign in with a token.
        </p>
      )}
      <p>
        {/* Not a form: the provider's page would count as where the form is sent. */}
        <Button component="a" variant="filled" href={withBase(`/sign-in/oidc?next=${encodeURIComponent(target)}`)}>
          Sign in with {name}
        </Button>
      </p>
    </>
  );
}

/** Pasting a token starts a session that can read the pages while they are in use, and act within the token's scopes. */
function TokenForm({ target, isAlone }: { target: string; isAlone: boolean }) {
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
    if (reason === null) window.location.assign(withBase(target));
  }

  return (
    // post: submitted before the script has loaded, a form would otherwise put the token into the URL.
    <form method="post" onSubmit={signIn} className={page.form}>
      <TextInput
        label="Token"
        name="token"
        type="password"
        description="An API token with the scope read. It is not stored in this browser."
        autoComplete="off"
        spellCheck={false}
        required
        autoFocus={isAlone}
        placeholder="tm_…"
        error={refusal && <span role="alert">{refusal}</span>}
      />
      <Button type="submit" variant={isAlone ? "filled" : "default"} disabled={busy}>
        Sign in
      </Button>
    </form>
  );
}

/** null: signed in; else the reason for the refusal, in a sentence. */
async function startSession(token: string): Promise<string | null> {
  const answer = await fetch(withBase("/api/v1/session"), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  if (answer === null) return "Tidemark did not respond. Check the connection and try again.";
  if (answer.ok) return null;
  const problem = (await answer.json().catch(() => null)) as { detail?: string } | null;
  return problem?.detail ?? "Couldn’t check the token. Try again in a moment.";
}
