import { z } from "zod";
import { type Fault, sayFound } from "../fault.ts";
import { isObject } from "../protocol/values.ts";
import {
  alertRuleDocument,
  channelDocument,
  datacenterDocument,
  deploymentHookDocument,
  eventTypeDocument,
  onCallScheduleDocument,
  routingTreeDocument,
  silenceDocument,
  sourceDocument,
  tierDocument,
} from "./documents.ts";
import { faultsOf } from "./faults-of.ts";

/** What is delivered: stored as columns, and a change of them may judge hours again. */
const deliveryDocuments = { Datacenter: datacenterDocument, EventType: eventTypeDocument, Tier: tierDocument } as const;

/** Who is notified, and where facts are collected: stored as written. */
const alertingDocuments = {
  AlertRule: alertRuleDocument,
  Channel: channelDocument,
  OnCallSchedule: onCallScheduleDocument,
  RoutingTree: routingTreeDocument,
  Silence: silenceDocument,
  DeploymentHook: deploymentHookDocument,
  Source: sourceDocument,
} as const;

const documents = { ...deliveryDocuments, ...alertingDocuments } as const;

export type CatalogueKind = keyof typeof documents;
export const catalogueKinds = Object.keys(documents) as CatalogueKind[];

/** A document with durations in seconds and hours as Dates; absent members stay absent. */
export type CatalogueDocument = z.output<(typeof documents)[CatalogueKind]>;
export type DeliveryDocument = z.output<(typeof deliveryDocuments)[keyof typeof deliveryDocuments]>;
export type AlertingDocument = z.output<(typeof alertingDocuments)[keyof typeof alertingDocuments]>;

export function isAlertingDocument(document: CatalogueDocument): document is AlertingDocument {
  return Object.hasOwn(alertingDocuments, document.kind);
}

/** A document as the API's description has it. Parsing goes by `kind`, whose faults then name the document's own fields. */
export const catalogueDocument = z
  .discriminatedUnion("kind", [
    datacenterDocument,
    eventTypeDocument,
    tierDocument,
    alertRuleDocument,
    channelDocument,
    onCallScheduleDocument,
    routingTreeDocument,
    silenceDocument,
    deploymentHookDocument,
    sourceDocument,
  ])
  .meta({ id: "CatalogueDocument" });

export type ParsedDocument = { ok: true; document: CatalogueDocument } | { ok: false; faults: Fault[] };

/** One document of a catalogue file, as parsed from YAML. */
export function parseDocument(value: unknown): ParsedDocument {
  if (!isObject(value))
    return refuse("", `must be an object with apiVersion, kind, metadata and spec; found ${sayFound(value)}`);
  const { kind } = value;
  if (typeof kind !== "string" || !Object.hasOwn(documents, kind)) {
    const tail = kind === undefined ? "it is missing" : `found ${sayFound(kind)}`;
    return refuse("/kind", `must be one of ${catalogueKinds.join(", ")}; ${tail}`);
  }
  const document = documents[kind as CatalogueKind];
  const result = document.safeParse(value, { reportInput: true });
  return result.success ? { ok: true, document: result.data } : { ok: false, faults: faultsOf(result.error) };
}

function refuse(pointer: string, detail: string): ParsedDocument {
  return { ok: false, faults: [{ pointer, detail }] };
}
