"use client";

import { TagsInput } from "@mantine/core";
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
import { ItemList } from "#components/forms/item-list.tsx";
import type { Path } from "#components/forms/spec-path.ts";
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
export function SourceFields() {
  const draft = useEdited();
  const kind = sourceKinds.find((known) => draft.at([known]) !== undefined) ?? "cloudMonitoring";
  return (
    <div className={page.form}>
      <div className={styles.fields}>
        <NameField placeholder="google" />
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
      {placeOf[kind]}
      {mappingLists[kind].map(({ member, title, what, id, example }) => (
        <ItemList
          key={member}
          path={[kind, member]}
          title={title}
          hint={`The first pattern that matches the whole ${id} counts. The other fields may name its groups, such as $dc.`}
          blank={{ match: "", eventType: "", datacenter: "" }}
          what={what}
          fields={(path) => <MappingFields path={path} kind={kind} member={member} example={example} />}
        />
      ))}
      <OwnerOfDraft />
      <SwitchField path={["enabled"]} label="Collect from it" initial={true} />
    </div>
  );
}

interface MappingFieldsProps {
  path: Path;
  kind: SourceKind;
  member: string;
  example: string;
}

function MappingFields({ path, kind, member, example }: MappingFieldsProps) {
  const waits = kind === "kafka" || kind === "cloudMonitoring";
  return (
    <>
      <TextField path={[...path, "match"]} label="Pattern" placeholder={example} />
      <div className={styles.fields}>
        <EventTypesField path={path} />
        <TextField path={[...path, "datacenter"]} label="Datacenter" placeholder="$dc" />
        {kind === "cloudStorage" && <TextField path={[...path, "hour"]} label="Hour" placeholder="$y-$m-$dT$h" />}
        {member === "jobs" && <TextField path={[...path, "component"]} label="Component (empty: the job’s name)" />}
        {waits && <ChoiceField path={[...path, "stage"]} label="Stage not reached yet" options={stageOptions} />}
        {member === "subscriptions" && <TextField path={[...path, "retention"]} label="Retention" placeholder="7d" />}
        {kind === "kafka" && <TextField path={[...path, "lateness"]} label="Lateness of records" placeholder="1m" />}
      </div>
      {waits && member !== "subscriptions" && (
        <SwitchField
          path={[...path, "watermark"]}
          initial={kind === "cloudMonitoring"}
          label="Its progress closes hours: it is the last step before delivery"
        />
      )}
    </>
  );
}

/** One event type, or several that share the resource. */
function EventTypesField({ path }: { path: Path }) {
  const draft = useEdited();
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

const placeOf: Readonly<Record<SourceKind, React.ReactNode>> = {
  cloudMonitoring: (
    <div className={styles.fields}>
      <TextField path={["cloudMonitoring", "project"]} label="Project" placeholder="my-project" />
      <TextField path={["cloudMonitoring", "retention"]} label="Retention of subscriptions" placeholder="7d" />
    </div>
  ),
  cloudStorage: (
    <>
      <TextField
        path={["cloudStorage", "subscription"]}
        label="Subscription with the buckets’ notifications"
        placeholder="projects/my-project/subscriptions/tidemark-objects"
      />
      <TextField path={["cloudStorage", "marker"]} label="Marker object" placeholder="_SUCCESS" />
    </>
  ),
  bigQuery: (
    <div className={styles.fields}>
      <TextField path={["bigQuery", "project"]} label="Project" placeholder="my-project" />
      <TextField path={["bigQuery", "dataset"]} label="Dataset" placeholder="delivered" />
      <TextField path={["bigQuery", "location"]} label="Location (optional)" placeholder="EU" />
      <TextField path={["bigQuery", "lookback"]} label="Reads hours of the last" placeholder="2d" />
    </div>
  ),
  iceberg: (
    <>
      <TextField path={["iceberg", "uri"]} label="Catalog URL" placeholder="https://catalog.example.com/api" />
      <NamesField path={["iceberg", "namespaces"]} label="Namespaces" known={[]} placeholder="analytics.delivered" />
      <div className={styles.fields}>
        <TextField path={["iceberg", "warehouse"]} label="Warehouse (optional)" placeholder="main" />
        <SecretField path={["iceberg", "token"]} label="Token (optional)" optional />
        <TextField path={["iceberg", "lookback"]} label="Reads hours of the last" placeholder="2d" />
      </div>
    </>
  ),
  kafka: (
    <ItemList
      path={["kafka", "groups"]}
      title="Consumer groups"
      hint="Of the cluster in KAFKA_BROKERS, with the topics that each reads."
      blank={{ group: "" }}
      what="group"
      fields={(path) => (
        <div className={styles.fields}>
          <TextField path={[...path, "group"]} label="Group" placeholder="etl-ams" />
          <NamesField path={[...path, "topics"]} label="Topics" known={[]} placeholder="plays" />
        </div>
      )}
    />
  ),
};
