import { z } from "@hono/zod-openapi";
import {
  calendarImportSchema,
  onCallOverrideRequest,
  onCallOverrideSchema,
  onCallScheduleSchema,
  onCallShiftsSchema,
} from "#domain/api/on-call.ts";
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
import { json, needs, opensToVisitors, problems, reference } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";
import { addSpecRoutes } from "./spec-routes.ts";

const route = tagged("on-call");
const params = z.object({ name: z.string().meta({ example: "data-platform" }) });
const calendarType = "text/calendar";

const shiftsRoute = route.get("/on-call-schedules/{name}/shifts", needs("read"), {
  operationId: "listOnCallShifts",
  summary: "Who is on call from when to when",
  description: "Layers and overrides as one list. Times that no shift covers have no one on call.",
  request: {
    params,
    query: z.object({
      from: z.string().optional().meta({ description: "An instant; now, if left out." }),
      to: z.string().optional().meta({ description: "At most 92 days later; two weeks later, if left out." }),
    }),
  },
  responses: { 200: json(onCallShiftsSchema, "The shifts, in order."), ...problems(400, 404) },
});

const overridesRoute = route.get("/on-call-schedules/{name}/overrides", needs("read"), {
  operationId: "listOnCallOverrides",
  summary: "List a schedule's overrides, the newest first",
  description: "The 200 created last, including those that are over or were removed.",
  request: { params },
  responses: { 200: json(z.object({ items: z.array(onCallOverrideSchema) }), "The overrides."), ...problems(404) },
});

const createOverrideRoute = route.post("/on-call-schedules/{name}/overrides", needs("respond"), {
  operationId: "createOnCallOverride",
  summary: "Put a person on call for a while",
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

const removeOverrideRoute = route.delete("/on-call-schedules/{name}/overrides/{id}", needs("respond"), {
  operationId: "removeOnCallOverride",
  summary: "Remove an override",
  description: "It stays listed as history, with who removed it.",
  request: { params: params.extend({ id: z.string() }) },
  responses: { 204: { description: "It no longer counts." }, ...problems(404) },
});

const calendarRoute = route.get("/on-call-schedules/{name}/calendar.ics", opensToVisitors, {
  operationId: "readOnCallCalendar",
  summary: "A schedule's shifts as iCalendar",
  description: "For calendar programs: from a week ago to about three months ahead.",
  request: { params },
  responses: {
    200: { description: "The calendar.", content: { [calendarType]: { schema: z.string() } } },
    ...problems(404),
  },
});

const importRoute = route.put("/on-call-schedules/{name}/calendar", needs("respond"), {
  operationId: "importOnCallCalendar",
  summary: "Import a calendar as overrides",
  description:
    "Events whose titles are names of people, within the next 92 days. They replace the overrides of the last import; those created by hand stay.",
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
  addSpecRoutes(routes, deps, {
    kind: "OnCallSchedule",
    tag: "on-call",
    path: "/on-call-schedules",
    name: params.shape.name,
    item: onCallScheduleSchema,
    spec: onCallScheduleSpec,
    list: {
      summary: "List on-call schedules by name, and who is on call",
      answer: "The schedules.",
      run: listSchedules,
    },
    read: { summary: "Read an on-call schedule", answer: "The schedule.", run: readSchedule },
    put: {
      summary: "Write an on-call schedule",
      description: "The body is the whole spec. Overrides stay; those of people who are no longer in it do not count.",
      example: {
        timeZone: "Europe/Stockholm",
        people: [{ name: "Ada Lind", channels: ["ada-pager"] }],
        layers: [{ name: "weekly", people: ["Ada Lind"], rotation: "weekly", startsOn: "2026-11-30" }],
      },
    },
    delete: {
      summary: "Delete an on-call schedule and its overrides",
      description: "409 while a receiver of the routing tree notifies it.",
      answer: "The schedule is deleted.",
      refusals: [404, 409, 412],
      run: deleteSchedule,
    },
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
