import { z } from "@hono/zod-openapi";
import { maxActorName } from "#domain/access/actor-name.ts";
import { roles } from "#domain/access/role.ts";
import { invitedSchema, personSchema } from "#domain/api/people.ts";
import { listOf } from "#domain/api/shared.ts";
import {
  type Invited,
  invitePerson,
  linkPath,
  linkPerson,
  listPeople,
  readPerson,
  updatePerson,
} from "#server/access/index.ts";
import type { ApiDeps } from "./api-deps.ts";
import { pageQuery, readNamePage, toListBody } from "./paging.ts";
import { json, jsonBody, needs, problems } from "./responses.ts";
import { type ApiRouter, createRouter, tagged } from "./router.ts";

const route = tagged("access");
const personParams = z.object({ id: z.string().meta({ example: "3f0c…" }) });

const teamNames = z.array(z.string().trim().min(1).max(200)).max(100, "Name at most 100 teams.");

const invitationSchema = z
  .strictObject({
    name: z.string().trim().min(1, "Give the person's name.").max(maxActorName),
    role: z.enum(roles),
    email: z.email("Give an e-mail address such as ada@example.com.").max(320).nullish(),
    teams: teamNames.default([]).meta({ description: "Whose objects they may change as an editor." }),
  })
  .meta({ id: "Invitation", example: { name: "Ada Lind", role: "responder" } });

const changeSchema = z
  .strictObject({
    role: z
      .enum(roles)
      .optional()
      .meta({ description: "Of people who sign in by links; a provider's groups decide others'." }),
    teams: teamNames
      .optional()
      .meta({ description: "Of people who sign in by links; a provider's groups decide others'." }),
    disabled: z.boolean().optional().meta({ description: "Disabling ends their sessions and their links." }),
  })
  .refine((change) => Object.keys(change).length > 0, "Name what to change: role, teams or disabled.")
  .meta({ id: "PersonChange", example: { disabled: true } });

const listRoute = route.get("/people", needs("admin"), {
  operationId: "listPeople",
  summary: "List the people who signed in or were invited, by name",
  request: { query: pageQuery },
  responses: { 200: json(listOf(personSchema), "The people."), ...problems(400) },
});

const readRoute = route.get("/people/{id}", needs("admin"), {
  operationId: "readPerson",
  summary: "Read a person",
  request: { params: personParams },
  responses: { 200: json(personSchema, "The person."), ...problems(404) },
});

const inviteRoute = route.post("/people", needs("admin"), {
  operationId: "invitePerson",
  summary: "Invite a person with a one-time link",
  description: "For people without an account at the identity provider. The link lasts 24 hours and signs in once.",
  request: jsonBody(invitationSchema),
  responses: { 201: json(invitedSchema, "The person, with the link."), ...problems(400, 415) },
});

const updateRoute = route.patch("/people/{id}", needs("admin"), {
  operationId: "updatePerson",
  summary: "Change a person's role or teams, or disable or enable a person",
  request: { params: personParams, ...jsonBody(changeSchema) },
  responses: { 200: json(personSchema, "The person, changed."), ...problems(400, 404, 409, 415) },
});

const linkRoute = route.post("/people/{id}/link", needs("admin"), {
  operationId: "linkPerson",
  summary: "Create a new one-time link for a person, in place of those not used",
  request: { params: personParams },
  responses: { 201: json(invitedSchema, "The person, with the link."), ...problems(404, 409) },
});

export function peopleRoutes(deps: ApiDeps): ApiRouter {
  const routes = createRouter();
  const withLink = ({ link, ...person }: Invited, requested: string) => {
    const url = `${deps.publicUrl ?? new URL(requested).origin}${linkPath(link.code)}`;
    return { ...person, link: { url, expiresAt: link.expiresAt } };
  };
  routes.openapi(listRoute, async (c) => {
    const input = readNamePage(c.req.valid("query"));
    return c.json(toListBody(await listPeople({ ctx: c.var.ctx, input })), 200);
  });
  routes.openapi(readRoute, async (c) =>
    c.json(await readPerson({ ctx: c.var.ctx, input: c.req.valid("param") }), 200),
  );
  routes.openapi(inviteRoute, async (c) => {
    const { email = null, ...asked } = c.req.valid("json");
    return c.json(withLink(await invitePerson({ ctx: c.var.ctx, input: { ...asked, email } }), c.req.url), 201);
  });
  routes.openapi(updateRoute, async (c) => {
    const { id } = c.req.valid("param");
    const changed = await updatePerson({ ctx: c.var.ctx, input: { id, ...c.req.valid("json") } });
    deps.access.forget();
    return c.json(changed, 200);
  });
  routes.openapi(linkRoute, async (c) =>
    c.json(withLink(await linkPerson({ ctx: c.var.ctx, input: c.req.valid("param") }), c.req.url), 201),
  );
  return routes;
}
