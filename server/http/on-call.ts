import { createRoute, z } from "@hono/zod-openapi";
import {
  calendarImportSchema,
  onCallOverrideRequest,
  onCallOverrideSchema,
  onCallScheduleSchema,
  onCallShiftsSchema,
} from "#domain/api/on-call.ts";
import { listOf } from "#domain/api/shared.ts";
import { onCallScheduleSpec } from "#domain/on-call.ts";
import { UnsupportedMediaType } from "#server/errors.ts";
import {
  createOverride,
  deleteSchedule,
  importCalendar,
  listOverrides,
  listSchedules,
  listShifts,
  readSchedule,
  removeOverride,
  writeCalendar,
} from "#server/on-call/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { visitors } from "./authentication.ts";
import { mediaTypeOf, readSpec, readText } from "./body.ts";
import { tagWithSpec } from "./caching.ts";
import { pageQuery, readNamePage, toListBody } from "./paging.ts";
import { ifMatchHeaders, readPrecondition } from "./precondition.ts";
import { putSpec, specRequest, specResponses } from "./put-spec.ts";
import { json, needs, opensToVisitors, problems, reference } from "./responses.ts";
import { type ApiRouter, createRouter } from "./router.ts";

const tags = ["on-call"];
const params = z.object({ name: z.string().meta({ example: "data-platform" }) });
const calendarType = "text/calendar";

const listRoute = createRoute({
  method: "get",
  path: "/on-call-schedules",
  operationId: "listOnCallSchedules",
  summary: "List on-call schedules by name, and who is on call",
  tags,
  ...needs("read"),
  request: { query: pageQuery },
  responses: { 200: json(listOf(onCallScheduleSchema), "The schedules."), ...problems(400) },
});

const readRoute = createRoute({
  method: "get",
  path: "/on-call-schedules/{name}",
  operationId: "readOnCallSchedule",
  summary: "Read an on-call schedule",
  tags,
  ...needs("read"),
  request: { params },
  responses: { 200: json(onCallScheduleSchema, "The schedule."), ...problems(404) },
});

const putRoute = createRoute({
  method: "put",
  path: "/on-call-schedules/{name}",
  operationId: "putOnCallSchedule",
  summary: "Write an on-call schedule",
  description: "The body is the whole spec. Overrides stay; those of people who are no longer in it do not count.",
  tags,
  ...needs("write"),
  request: {
    params,
    ...specRequest(onCallScheduleSpec, {
      timeZone: "Europe/Stockholm",
      people: [{ name: "Ada Lind", channels: ["ada-pager"] }],
      layers: [{ name: "weekly", people: ["Ada Lind"], rotation: "weekly", startsOn: "2026-11-30" }],
    }),
  },
  responses: specResponses,
});

const deleteRoute = createRoute({
  method: "delete",
  path: "/on-call-schedules/{name}",
  operationId: "deleteOnCallSchedule",
  summary: "Delete an on-call schedule and its overrides",
  description: "409 while a receiver of the routing tree notifies it.",
  tags,
  ...needs("write"),
  request: { params, headers: ifMatchHeaders },
  responses: { 204: { description: "The schedule is deleted." }, ...problems(404, 409, 412) },
});

const shiftsRoute = createRoute({
  method: "get",
  path: "/on-call-schedules/{name}/shifts",
  operationId: "listOnCallShifts",
  summary: "Who is on call from when to when",
  description: "Layers and overrides as one list. Times that no shift covers have no one on call.",
  tags,
  ...needs("read"),
  request: {
    params,
    query: z.object({
      from: z.string().optional().meta({ description: "An instant; now, if left out." }),
      to: z.string().optional().meta({ description: "At most 92 days later; two weeks later, if left out." }),
    }),
  },
  responses: { 200: json(onCallShiftsSchema, "The shifts, in order."), ...problems(400, 404) },
});

const overridesRoute = createRoute({
  method: "get",
  path: "/on-call-schedules/{name}/overrides",
  operationId: "listOnCallOverrides",
  summary: "List a schedule's overrides, the newest first",
  description: "The 200 created last, including those that are over or were removed.",
  tags,
  ...needs("read"),
  request: { params },
  responses: { 200: json(z.object({ items: z.array(onCallOverrideSchema) }), "The overrides."), ...problems(404) },
});

const createOverrideRoute = createRoute({
  method: "post",
  path: "/on-call-schedules/{name}/overrides",
  operationId: "createOnCallOverride",
  summary: "Put a person on call for a while",
  tags,
  ...needs("respond"),
  request: {
    params,
    body: {
      required: true,
      content: {
        "application/json": {
          schema: reference(onCallOverrideRequest),
          example: { person: "Ada Lind", duration: "8h", reason: "Bo is at the dentist." },
        },
      },
    },
  },
  responses: { 201: json(onCallOverrideSchema, "The override."), ...problems(400, 404, 409, 415) },
});

const removeOverrideRoute = createRoute({
  method: "delete",
  path: "/on-call-schedules/{name}/overrides/{id}",
  operationId: "removeOnCallOverride",
  summary: "Remove an override",
  description: "It stays listed as history, with who removed it.",
  tags,
  ...needs("respond"),
  request: { params: params.extend({ id: z.string() }) },
  responses: { 204: { description: "It no longer counts." }, ...problems(404) },
});

const calendarRoute = createRoute({
  method: "get",
  path: "/on-call-schedules/{name}/calendar.ics",
  operationId: "readOnCallCalendar",
  summary: "A schedule's shifts as iCalendar",
  description: "For calendar programs: from a week ago to about three months ahead.",
  tags,
  ...opensToVisitors,
  request: { params },
  responses: {
    200: { description: "The calendar.", content: { [calendarType]: { schema: z.string() } } },
    ...problems(404),
  },
});

const importRoute = createRoute({
  method: "put",
  path: "/on-call-schedules/{name}/calendar",
  operationId: "importOnCallCalendar",
  summary: "Import a calendar as overrides",
  description:
    "Events whose titles are names of people, within the next 92 days. They replace the overrides of the last import; those created by hand stay.",
  tags,
  ...needs("respond"),
  request: {
    params,
    body: {
      required: true,
      content: { [calendarType]: { schema: z.string(), example: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR" } },
    },
  },
  responses: { 200: json(calendarImportSchema, "What changed."), ...problems(400, 404, 413, 415) },
});

export function onCallRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listSchedules({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(tagWithSpec(c, await readSchedule({ ctx: c.var.ctx, input: c.req.valid("param") })), 200),
  );
  routes.openapi(putRoute, async (c) =>
    c.json(await putSpec(c, deps, { kind: "OnCallSchedule", name: c.req.valid("param").name }), 200),
  );
  routes.openapi(deleteRoute, async (c) => {
    const input = { ...c.req.valid("param"), precondition: readPrecondition(c) };
    await deleteSchedule({ ctx: c.var.ctx, input });
    return c.body(null, 204);
  });
  routes.openapi(shiftsRoute, async (c) => {
    const input = { ...c.req.valid("param"), ...c.req.valid("query") };
    return c.json(await listShifts({ ctx: c.var.ctx, input }), 200);
  });
  routes.openapi(overridesRoute, async (c) =>
    c.json({ items: await listOverrides({ ctx: c.var.ctx, input: c.req.valid("param") }) }, 200),
  );
  routes.openapi(createOverrideRoute, async (c) => {
    const input = { ...c.req.valid("param"), body: await readSpec(c) };
    return c.json(await createOverride({ ctx: c.var.ctx, input }), 201);
  });
  routes.openapi(removeOverrideRoute, async (c) => {
    await removeOverride({ ctx: c.var.ctx, input: c.req.valid("param") });
    return c.body(null, 204);
  });
  routes.openapi(importRoute, async (c) => {
    if (mediaTypeOf(c) !== calendarType) throw new UnsupportedMediaType(`Send the calendar as ${calendarType}.`);
    const input = { ...c.req.valid("param"), text: await readText(c) };
    return c.json(await importCalendar({ ctx: c.var.ctx, input }), 200);
  });
  return routes;
}

/** For calendar programs, which send no token: they may read what any visitor of an open dashboard may. */
export function onCallCalendarRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  routes.use("/on-call-schedules/:name/calendar.ics", visitors(deps));
  const caching = deps.access.dashboard === "open" ? "public, max-age=300" : "private, max-age=300";
  routes.openapi(calendarRoute, async (c) =>
    c.body(await writeCalendar({ ctx: c.var.ctx, input: c.req.valid("param") }), 200, {
      "content-type": `${calendarType}; charset=utf-8`,
      "cache-control": caching,
    }),
  );
  return routes;
}
