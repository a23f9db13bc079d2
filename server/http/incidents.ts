import { z } from "@hono/zod-openapi";
import { severities } from "#domain/alert-rule.ts";
import {
  actRequestSchema,
  assignRequestSchema,
  incidentSchema,
  incidentSummarySchema,
  noteRequestSchema,
  snoozeRequestSchema,
} from "#domain/api/alerts.ts";
import { incidentSeriesSchema } from "#domain/api/incident-series.ts";
import { instant, listOf } from "#domain/api/shared.ts";
import { incidentRevisionSchema } from "#domain/api/situation.ts";
import { incidentStates } from "#domain/incident.ts";
import { writePostMortem } from "#domain/post-mortem/write-post-mortem.ts";
import {
  acknowledgeIncident,
  assignIncident,
  listIncidentRevisions,
  listIncidents,
  noteIncident,
  readIncident,
  readIncidentSeries,
  resolveIncident,
  snoozeIncident,
  unsnoozeIncident,
} from "#server/incidents/index.ts";
import { notifyOfIncidents } from "#server/notifications/index.ts";
import { idParams, pageQuery, readCursor, readIdCursor, toListBody } from "./paging.ts";
import { readRange, severalOf } from "./query-values.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("incidents");

const filters = z.object({
  state: severalOf(incidentStates).meta({
    description: "One state or several, separated by commas. All, if left out.",
  }),
  severity: z.enum(severities).optional(),
  q: z.string().trim().min(1, "Search for something.").max(200, "Search for at most 200 characters.").optional().meta({
    description: "Words that its title, cause, datacenters, event types or notes contain, in any order and case.",
  }),
  eventType: z.string().optional().meta({ description: "Incidents that affect an hour of the type." }),
  datacenter: z.string().optional().meta({ description: "Incidents that touch it." }),
  from: instant.optional().meta({ description: "Opened at or after." }),
  to: instant.optional().meta({ description: "Opened before." }),
});

const listRoute = route.get("/incidents", needs("read"), {
  operationId: "listIncidents",
  summary: "List incidents, the newest first",
  description: "An incident is the alerts of one cause, its affected hours and the response to it.",
  request: { query: pageQuery.extend(filters.shape) },
  responses: { 200: json(listOf(incidentSummarySchema), "Incidents."), ...problems(400) },
});

const revisionsRoute = route.get("/incidents/{id}/revisions", needs("read"), {
  operationId: "listIncidentRevisions",
  summary: "List what was said of an incident, the newest revision first",
  description: "Each revision of its situation has a number and the reason why it was made.",
  request: { params: idParams, query: pageQuery },
  responses: { 200: json(listOf(incidentRevisionSchema), "Revisions."), ...problems(400, 404) },
});

const seriesRoute = route.get("/incidents/{id}/series", needs("read"), {
  operationId: "readIncidentSeries",
  summary: "Read an incident's course, minute by minute",
  description:
    "Lags, waiting events and firing alerts as lines, and what happened as marks. Kept as long as the incident; by default from 30 min before its onset until 30 min after its end.",
  request: {
    params: idParams,
    query: z.object({
      from: instant.optional().meta({ description: "Included." }),
      to: instant.optional().meta({ description: "Included." }),
    }),
  },
  responses: { 200: json(incidentSeriesSchema, "Points and marks."), ...problems(400, 404) },
});

const postMortemRoute = route.get("/incidents/{id}/postmortem.md", needs("read"), {
  operationId: "exportPostMortem",
  summary: "Export an incident as a post-mortem in Markdown",
  description: "Its record, with times in UTC, and headings for what only people know. Names and notes are escaped.",
  request: { params: idParams },
  responses: {
    200: { description: "The post-mortem.", content: { "text/markdown": { schema: z.string() } } },
    ...problems(404),
  },
});

const readRoute = route.get("/incidents/{id}", needs("read"), {
  operationId: "readIncident",
  summary: "Read an incident with its timeline, hours, alerts and deliveries",
  request: { params: idParams },
  responses: { 200: json(incidentSchema, "The incident."), ...problems(404) },
});

/** An action on one incident; the response is the incident after it. */
function actRoute<const Act extends string, Body extends z.ZodType>(act: {
  name: Act;
  operationId: string;
  summary: string;
  description: string;
  body: Body;
}) {
  return route.post(`/incidents/{id}/${act.name}`, needs("respond"), {
    operationId: act.operationId,
    summary: act.summary,
    description: act.description,
    request: { params: idParams, ...jsonBody(act.body) },
    responses: { 200: json(incidentSchema, "The incident as it is now."), ...problems(400, 404, 409, 415) },
  });
}

const acknowledgeRoute = actRoute({
  name: "acknowledge",
  operationId: "acknowledgeIncident",
  summary: "Acknowledge an incident",
  description: "Notifications are not repeated until it is resolved. A cause that returns later is a new incident.",
  body: actRequestSchema,
});
const noteRoute = actRoute({
  name: "note",
  operationId: "noteIncident",
  summary: "Add a note",
  description: "Also on a resolved incident.",
  body: noteRequestSchema,
});
const assignRoute = actRoute({
  name: "assign",
  operationId: "assignIncident",
  summary: "Assign an incident",
  description: "A person or a team; `null`: unassigned.",
  body: assignRequestSchema,
});
const snoozeRoute = actRoute({
  name: "snooze",
  operationId: "snoozeIncident",
  summary: "Snooze an incident",
  description:
    "Its notifications pause until the instant, at most 24 h ahead, or until it is more severe. Its end is sent all the same.",
  body: snoozeRequestSchema,
});
const unsnoozeRoute = actRoute({
  name: "unsnooze",
  operationId: "unsnoozeIncident",
  summary: "End an incident's snooze",
  description: "It is notified again at once. Without a snooze nothing changes.",
  body: actRequestSchema,
});
const resolveRoute = actRoute({
  name: "resolve",
  operationId: "resolveIncident",
  summary: "Resolve an incident by hand",
  description: "It resolves by itself when its alerts are normal and its hours final. 409 while an alert of it fires.",
  body: actRequestSchema,
});

export function incidentRoutes(): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const { cursor, limit, state, severity, q, eventType, datacenter, from, to } = c.req.valid("query");
    const input = {
      before: readIdCursor(cursor),
      limit,
      states: state,
      severity,
      text: q,
      eventType,
      datacenter,
      ...readRange({ from, to }),
    };
    return c.json(toListBody(await listIncidents({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(revisionsRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const input = { ...c.req.valid("param"), before: readCursor(cursor, z.int32()), limit };
    return c.json(toListBody(await listIncidentRevisions({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(await readIncident({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  routes.openapi(seriesRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...readRange(c.req.valid("query")) };
    return c.json(await readIncidentSeries({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(postMortemRoute, async (c) => {
    const incident = await readIncident({ ctx: c.var.ctx, input: { ...c.req.valid("param"), isKept: true } });
    return c.body(writePostMortem(incident), 200, {
      "content-type": "text/markdown; charset=utf-8",
      "content-disposition": `attachment; filename="incident-${incident.id}-post-mortem.md"`,
    });
  });
  routes.openapi(acknowledgeRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("json") };
    return c.json(await acknowledgeIncident({ ctx: c.var.ctx, input, listener: notifyOfIncidents }), 200);
  });
  routes.openapi(noteRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("json") };
    return c.json(await noteIncident({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(assignRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("json") };
    return c.json(await assignIncident({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(snoozeRoute, async (c) => {
    const { until, note } = c.req.valid("json");
    const input = { ...c.req.valid("param"), until: new Date(until), note };
    return c.json(await snoozeIncident({ ctx: c.var.ctx, input, listener: notifyOfIncidents }), 200);
  });
  routes.openapi(unsnoozeRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("json") };
    return c.json(await unsnoozeIncident({ ctx: c.var.ctx, input, listener: notifyOfIncidents }), 200);
  });
  routes.openapi(resolveRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("json") };
    return c.json(await resolveIncident({ ctx: c.var.ctx, input, listener: notifyOfIncidents }), 200);
  });
  return routes;
}
