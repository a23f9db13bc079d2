import { apiVersion } from "#domain/catalogue.ts";
import { fromOpenSlo, type NamedObjective } from "#domain/slo.ts";
import { type Call, requireScope } from "#server/access/index.ts";
import {
  type ApplyResult,
  applyCatalogue,
  eventTypeFields,
  type FieldValue,
  loadEventTypes,
  loadTiers,
  readDocuments,
  tierFields,
} from "#server/catalogue/index.ts";
import { type Fault, Invalid } from "#server/errors.ts";

export interface ImportOpenSloInput {
  readonly text: string;
  readonly dryRun: boolean;
}

type Objective = Omit<NamedObjective, "owner"> & { pointer: string };

/** Sets the objectives given in OpenSLO v1 documents as a catalogue apply; everything else in the nouns stays. */
export async function importOpenSlo({ ctx, input }: Call<ImportOpenSloInput>): Promise<ApplyResult> {
  requireScope(ctx, "write");
  const objectives = await readObjectives(input.text);
  const named = (kind: string) => objectives.filter((objective) => objective.kind === kind).map(({ name }) => name);
  const { sql } = ctx.database;
  const [tiers, eventTypes] = await Promise.all([loadTiers(sql), loadEventTypes(sql, named("EventType"))]);
  const stored = {
    Tier: new Map(tiers.map((row) => [row.name, specOf(tierFields, row)])),
    EventType: new Map(
      eventTypes.filter((row) => row.claimedAt).map((row) => [row.name, specOf(eventTypeFields, row)]),
    ),
  };
  const unknown = objectives.filter(({ kind, name }) => !stored[kind].has(name));
  if (unknown.length > 0) throw refused(unknown.map(({ kind, name, pointer }) => unknownFault(kind, name, pointer)));
  const documents = new Map<string, object>();
  for (const { kind, name, measure, target } of objectives) {
    const spec = stored[kind].get(name) ?? {};
    // A tier's timeliness has a field of its own.
    if (kind === "Tier" && measure === "timeliness") spec.objective = target;
    else spec.objectives = { ...(spec.objectives as object), [measure]: target };
    documents.set(`${kind}/${name}`, { apiVersion, kind, metadata: { name }, spec });
  }
  const { dryRun } = input;
  return applyCatalogue({ ctx, input: { text: JSON.stringify([...documents.values()]), dryRun } });
}

async function readObjectives(text: string): Promise<Objective[]> {
  const faults: Fault[] = [];
  const objectives = new Map<string, Objective>();
  for (const [index, source] of (await readDocuments(text)).entries()) {
    const read = fromOpenSlo(source.value);
    if (read.ok === false) faults.push(...read.faults.map((fault) => ({ ...fault, ...source.locate(fault.pointer) })));
    if (read.ok !== true) continue;
    const { kind, name, measure } = read.objective;
    const key = JSON.stringify([kind, name, measure]);
    const pointer = `/${index}`;
    if (objectives.has(key))
      faults.push({ pointer, detail: `An earlier document says the ${measure} of ${kind} ${name} too.` });
    objectives.set(key, { ...read.objective, pointer });
  }
  if (faults.length > 0) throw refused(faults);
  if (objectives.size > 0) return [...objectives.values()];
  throw refused([{ pointer: "", detail: "must hold at least one document of kind SLO" }]);
}

/** A noun as a catalogue file would contain it. */
function specOf<Row>(fields: Record<string, (row: Row) => FieldValue>, row: Row): Record<string, unknown> {
  const spec: Record<string, unknown> = {};
  for (const [field, read] of Object.entries(fields)) {
    const value = read(row);
    if (value === null) continue;
    const measure = /^objectives\.(.+)$/.exec(field)?.[1];
    if (measure) spec.objectives = { ...(spec.objectives as object), [measure]: value };
    else spec[field] = value;
  }
  return spec;
}

function unknownFault(kind: string, name: string, pointer: string): Fault {
  const detail = `must speak of a ${kind === "Tier" ? "tier" : "claimed event type"} that exists; found ${JSON.stringify(name)}`;
  return { pointer: `${pointer}/metadata/annotations`, detail };
}

function refused(faults: Fault[]): Invalid {
  return new Invalid("No objective was changed. Fix the errors below and resend the whole request.", faults);
}
