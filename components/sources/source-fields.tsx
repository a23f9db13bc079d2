"use client";

import { TagsInput } from "@mantine/core";
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
import { ItemList } from "#components/forms/item-list.tsx";
import type { Path } from "#components/forms/spec-path.ts";
import type { Draft } from "#components/forms/use-draft.ts";
import { Choice } from "#components/ui/choice.tsx";
import page from "#components/ui/page.module.css";
import { type SourceKind, sourceKindNames, sourceKinds } from "#domain/source/kinds.ts";
import { mappingLists, startingSpecs } from "./source-kinds.ts";

const kindOptions = sourceKinds.map((value) => ({ value, label: sourceKindNames[value] }));
const stageOptions = [
  { value: "", label: "delivered" },
  { value: "published", label: "published" },
  { value: "produced", label: "produced" },
];

/** What a source is, where it is, and what its resources mean here. */
export function SourceFields({ draft }: { draft: Draft }) {
  const kind = sourceKinds.find((known) => draft.at([known]) !== undefined) ?? "cloudMonitoring";
  const Place = placeOf[kind];
  return (
    <div className={page.form}>
      <div className={styles.fields}>
        <NameField draft={draft} placeholder="google" />
        <Choice
          label="Measured by"
          data={kindOptions}
          value={kind}
          onChange={(next) => {
            const { owner, enabled } = draft.spec;
            draft.replace({
              ...startingSpecs[next as SourceKind],
              ...(owner === undefined ? {} : { owner }),
              ...(enabled === undefined ? {} : { enabled }),
            });
          }}
        />
      </div>
      <Place draft={draft} />
      {mappingLists[kind].map(({ member, title, what, id, example }) => (
        <ItemList
          key={member}
          draft={draft}
          path={[kind, member]}
          title={title}
          hint={`The first pattern that matches the whole ${id} counts. The other fields may name its groups, such as $dc.`}
          blank={{ match: "", eventType: "", datacenter: "" }}
          what={what}
          fields={(path) => <MappingFields draft={draft} path={path} kind={kind} member={member} example={example} />}
        />
      ))}
      <OwnerOfDraft draft={draft} />
      <SwitchField draft={draft} path={["enabled"]} label="Collect from it" initial={true} />
    </div>
  );
}

interface MappingFieldsProps {
  draft: Draft;
  path: Path;
  kind: SourceKind;
  member: string;
  example: string;
}

function MappingFields({ draft, path, kind, member, example }: MappingFieldsProps) {
  const waits = kind === "kafka" || kind === "cloudMonitoring";
  return (
    <>
      <TextField draft={draft} path={[...path, "match"]} label="Pattern" placeholder={example} />
      <div className={styles.fields}>
        <EventTypesField draft={draft} path={path} />
        <TextField draft={draft} path={[...path, "datacenter"]} label="Datacenter" placeholder="$dc" />
        {kind === "cloudStorage" && (
          <TextField draft={draft} path={[...path, "hour"]} label="Hour" placeholder="$y-$m-$dT$h" />
        )}
        {member === "jobs" && (
          <TextField draft={draft} path={[...path, "component"]} label="Component (empty: the job’s name)" />
        )}
        {waits && (
          <ChoiceField draft={draft} path={[...path, "stage"]} label="Stage not reached yet" options={stageOptions} />
        )}
        {member === "subscriptions" && (
          <TextField draft={draft} path={[...path, "retention"]} label="Retention" placeholder="7d" />
        )}
        {kind === "kafka" && (
          <TextField draft={draft} path={[...path, "lateness"]} label="Lateness of records" placeholder="1m" />
        )}
      </div>
      {waits && member !== "subscriptions" && (
        <SwitchField
          draft={draft}
          path={[...path, "watermark"]}
          initial={kind === "cloudMonitoring"}
          label="Its progress closes hours: it is the last step before delivery"
        />
      )}
    </>
  );
}

/** One event type, or several that share the resource. */
function EventTypesField({ draft, path }: { draft: Draft; path: Path }) {
  const [one, several] = [draft.at([...path, "eventType"]), draft.at([...path, "eventTypes"])];
  const names = Array.isArray(several) ? several.map(String) : typeof one === "string" && one !== "" ? [one] : [];
  const change = (next: string[]) => {
    const { eventType: _, eventTypes: __, ...others } = draft.at(path) as Record<string, unknown>;
    draft.set(path, { ...others, ...(next.length > 1 ? { eventTypes: next } : { eventType: next[0] ?? "" }) });
  };
  return (
    <TagsInput
      label="Event types"
      {...(names.length === 0 && { placeholder: "$type" })}
      value={names}
      error={draft.faultAt([...path, "eventType"]) ?? draft.faultAt([...path, "eventTypes"])}
      clearable={false}
      acceptValueOnBlur
      onChange={change}
    />
  );
}

type Fields = (props: { draft: Draft }) => React.ReactNode;

const placeOf: Readonly<Record<SourceKind, Fields>> = {
  cloudMonitoring: ({ draft }) => (
    <div className={styles.fields}>
      <TextField draft={draft} path={["cloudMonitoring", "project"]} label="Project" placeholder="my-project" />
      <TextField
        draft={draft}
        path={["cloudMonitoring", "retention"]}
        label="Retention of subscriptions"
        placeholder="7d"
      />
    </div>
  ),
  cloudStorage: ({ draft }) => (
    <>
      <TextField
        draft={draft}
        path={["cloudStorage", "subscription"]}
        label="Subscription with the buckets’ notifications"
        placeholder="projects/my-project/subscriptions/tidemark-objects"
      />
      <TextField draft={draft} path={["cloudStorage", "marker"]} label="Marker object" placeholder="_SUCCESS" />
    </>
  ),
  bigQuery: ({ draft }) => (
    <div className={styles.fields}>
      <TextField draft={draft} path={["bigQuery", "project"]} label="Project" placeholder="my-project" />
      <TextField draft={draft} path={["bigQuery", "dataset"]} label="Dataset" placeholder="delivered" />
      <TextField draft={draft} path={["bigQuery", "location"]} label="Location (optional)" placeholder="EU" />
      <TextField draft={draft} path={["bigQuery", "lookback"]} label="Reads hours of the last" placeholder="2d" />
    </div>
  ),
  iceberg: ({ draft }) => (
    <>
      <TextField
        draft={draft}
        path={["iceberg", "uri"]}
        label="Catalog URL"
        placeholder="https://catalog.example.com/api"
      />
      <NamesField
        draft={draft}
        path={["iceberg", "namespaces"]}
        label="Namespaces"
        known={[]}
        placeholder="analytics.delivered"
      />
      <div className={styles.fields}>
        <TextField draft={draft} path={["iceberg", "warehouse"]} label="Warehouse (optional)" placeholder="main" />
        <SecretField draft={draft} path={["iceberg", "token"]} label="Token (optional)" optional />
        <TextField draft={draft} path={["iceberg", "lookback"]} label="Reads hours of the last" placeholder="2d" />
      </div>
    </>
  ),
  kafka: ({ draft }) => (
    <ItemList
      draft={draft}
      path={["kafka", "groups"]}
      title="Consumer groups"
      hint="Of the cluster in KAFKA_BROKERS, with the topics that each reads."
      blank={{ group: "" }}
      what="group"
      fields={(path) => (
        <div className={styles.fields}>
          <TextField draft={draft} path={[...path, "group"]} label="Group" placeholder="etl-ams" />
          <NamesField draft={draft} path={[...path, "topics"]} label="Topics" known={[]} placeholder="plays" />
        </div>
      )}
    />
  ),
};
