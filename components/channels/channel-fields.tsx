"use client";

import { TagsInput, TextInput } from "@mantine/core";
import { useEdited } from "#components/forms/draft-context.ts";
import {
  ChoiceField,
  NameField,
  NamesField,
  OwnerOfDraft,
  SecretField,
  SwitchField,
  TextField,
} from "#components/forms/fields.tsx";
import styles from "#components/forms/forms.module.css";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { startingSpecs, typeWords } from "./channel-words.ts";
import { OpsgenieFields } from "./opsgenie-fields.tsx";
import { RegionField } from "./region-field.tsx";

/** Where a channel's notifications go: its type, and the fields of that type. */
export function ChannelFields() {
  const draft = useEdited();
  const type = String(draft.at(["type"]));
  const Fields = Object.hasOwn(fieldsOf, type) ? fieldsOf[type as keyof typeof fieldsOf] : null;
  return (
    <div className={page.form}>
      <div className={styles.fields}>
        <NameField placeholder="on-call" />
        <Choice
          label="Type"
          data={Object.entries(typeWords).map(([value, label]) => ({ value, label }))}
          value={type}
          onChange={(next) => {
            const owner = draft.at(["owner"]);
            draft.replace({
              ...startingSpecs[next as keyof typeof startingSpecs],
              ...(owner === undefined ? {} : { owner }),
            });
          }}
        />
      </div>
      {Fields && <Fields />}
      <OwnerOfDraft />
      <SwitchField path={["enabled"]} initial label="Send notifications through it" />
    </div>
  );
}

const fieldsOf = {
  pagerduty: PagerdutyFields,
  opsgenie: OpsgenieFields,
  slack: SlackFields,
  teams: TeamsFields,
  webhook: WebhookFields,
  email: EmailFields,
  alertmanager: AlertmanagerFields,
} satisfies Record<keyof typeof typeWords, () => React.ReactNode>;

function PagerdutyFields() {
  return (
    <>
      <SecretField path={["routingKey"]} label="Integration key of Events API v2" />
      <RegionField europe="https://events.eu.pagerduty.com" />
      <SecretField
        path={["webhookSecret"]}
        label="Secret of PagerDuty’s webhook (optional)"
        optional
        description="The environment variable that holds it. With it, acknowledging in PagerDuty acknowledges here."
      />
    </>
  );
}

function TeamsFields() {
  return (
    <SecretField
      path={["url"]}
      label="Workflow URL"
      description="The environment variable that holds it. In Teams: Workflows, “When a Teams webhook request is received”."
    />
  );
}

function SlackFields() {
  const draft = useEdited();
  const isWebhook = draft.at(["url"]) !== undefined;
  return (
    <>
      <Choice
        label="Post as"
        description={
          isWebhook ? "Each change is a message of its own." : "One incident is one message that is updated."
        }
        data={[
          { value: "bot", label: "A bot" },
          { value: "webhook", label: "An incoming webhook" },
        ]}
        value={isWebhook ? "webhook" : "bot"}
        onChange={(next) => {
          const { url, token, channel, ...others } = draft.spec;
          const bot = { token: { env: "TIDEMARK_SECRET_SLACK_BOT_TOKEN" }, channel: "" };
          draft.replace({
            ...others,
            ...(next === "bot" ? bot : { url: { env: "TIDEMARK_SECRET_SLACK_WEBHOOK_URL" } }),
          });
        }}
      />
      {isWebhook ? (
        <SecretField path={["url"]} label="Webhook URL" />
      ) : (
        <>
          <SecretField path={["token"]} label="Bot token" />
          <TextField path={["channel"]} label="Channel" placeholder="C0123456789" />
        </>
      )}
      <SecretField
        path={["signingSecret"]}
        label="Signing secret of the Slack app (optional)"
        optional
        description="The environment variable that holds it. With it, messages have a button that acknowledges here."
      />
    </>
  );
}

function WebhookFields() {
  const draft = useEdited();
  const isSecret = typeof draft.at(["url"]) === "object";
  const secrets = draft.at(["secrets"]);
  return (
    <>
      {isSecret ? (
        <SecretField path={["url"]} label="URL" />
      ) : (
        <TextField path={["url"]} label="URL" placeholder="https://hooks.example.com/tidemark" />
      )}
      <TagsInput
        label="Signing secrets"
        description="Environment variables. The first signs; keep the old one second while you rotate."
        value={Array.isArray(secrets) ? secrets.map((secret) => String(secret?.env ?? "")) : []}
        error={draft.faultAt(["secrets"])}
        acceptValueOnBlur
        onChange={(names) => draft.set(["secrets"], names.length === 0 ? undefined : names.map((env) => ({ env })))}
      />
      <SwitchField
        path={["allowPrivate"]}
        initial={false}
        label="The receiver is in a private network"
        description="Without it, private addresses are refused."
      />
    </>
  );
}

function EmailFields() {
  const draft = useEdited();
  const digest = draft.at(["monthlyDigest"]);
  const hasScope = typeof digest === "object" && digest !== null;
  return (
    <>
      <NamesField path={["to"]} label="To" known={[]} placeholder="oncall@example.com" />
      <TextField path={["from"]} label="From" placeholder="tidemark@example.com" />
      <div className={styles.fields}>
        <TextField path={["smtp", "host"]} label="SMTP server" placeholder="smtp.example.com" />
        <TextField path={["smtp", "port"]} label="Port" placeholder="587" numeric />
        <ChoiceField
          path={["smtp", "tls"]}
          label="Encryption"
          options={[
            { value: "", label: "STARTTLS" },
            { value: "implicit", label: "TLS from the first byte" },
            { value: "none", label: "None" },
          ]}
        />
      </div>
      <div className={styles.fields}>
        <TextField path={["smtp", "user"]} label="User" />
        <SecretField path={["smtp", "password"]} label="Password" optional />
      </div>
      <Choice
        label="Monthly digest of service levels"
        data={[
          { value: "none", label: "Not sent" },
          { value: "all", label: "Of every event type" },
          { value: "some", label: "Of a tier or an owner" },
        ]}
        value={hasScope ? "some" : digest === true ? "all" : "none"}
        onChange={(next) => draft.set(["monthlyDigest"], { none: undefined, all: true, some: { tier: "high" } }[next])}
      />
      {hasScope && (
        <div className={styles.fields}>
          <DigestField member="tier" label="Tier" />
          <DigestField member="owner" label="Owner" />
        </div>
      )}
    </>
  );
}

/** Empty: left out, and the digest, then of every event type, stays. */
function DigestField({ member, label }: { member: "tier" | "owner"; label: string }) {
  const draft = useEdited();
  const { [member]: value, ...others } = draft.at(["monthlyDigest"]) as Record<string, unknown>;
  return (
    <TextInput
      label={label}
      value={typeof value === "string" ? value : ""}
      error={draft.faultAt(["monthlyDigest", member])}
      onChange={({ target }) =>
        draft.set(["monthlyDigest"], target.value === "" ? others : { ...others, [member]: target.value })
      }
    />
  );
}

function AlertmanagerFields() {
  return (
    <>
      <TextField path={["url"]} label="URL" placeholder="http://alertmanager.internal:9093" />
      <div className={styles.fields}>
        <TextField path={["basicAuth", "username"]} label="User (optional)" />
        <SecretField path={["basicAuth", "password"]} label="Password (optional)" optional />
      </div>
    </>
  );
}
