import { escapeHtml } from "#domain/html.ts";
import { type SchemaNode, writeSchema } from "./docs-schema.ts";
import { docsStyle } from "./docs-style.ts";
import type { ApiDocument } from "./openapi-document.ts";
import { problemKinds } from "./problem-kinds.ts";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: SchemaNode;
}

interface Content {
  [mediaType: string]: { schema?: SchemaNode; example?: unknown };
}

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security?: Record<string, string[]>[];
  parameters?: Parameter[];
  requestBody?: { description?: string; content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

interface Call {
  method: string;
  path: string;
  operation: Operation;
}

/** The OpenAPI document as one page: no scripts, no requests, so it reads the same on a machine without a network. */
export function renderDocs(document: ApiDocument): string {
  const calls = listCalls(document);
  const tags = (document.tags ?? []).filter((tag) => calls.some((call) => call.operation.tags.includes(tag.name)));
  const ofTag = (name: string) => calls.filter((call) => call.operation.tags[0] === name);
  const schemas = Object.entries(document.components?.schemas ?? {}) as [string, SchemaNode][];
  const scheme = document.components?.securitySchemes?.bearer;
  const about = scheme && "description" in scheme ? (scheme.description ?? "") : "";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tidemark API ${escapeHtml(document.info.version)}</title><style>${docsStyle}</style></head>
<body><nav aria-label="Calls"><a class="brand" href="#top">Tidemark API</a>
${tags.map((tag) => `<h2>${escapeHtml(tag.name)}</h2>${ofTag(tag.name).map(renderLink).join("")}`).join("\n")}
<h2>reference</h2><a href="#access">Access</a><a href="#problems">Problems</a><a href="#schemas">Schemas</a></nav>
<main id="top"><h1>Tidemark API <small>${escapeHtml(document.info.version)}</small></h1>
<p>For machines: <a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
${renderText(document.info.description ?? "")}
<section id="access"><h2>Access</h2>${renderText(about)}</section>
${tags.map((tag) => `<section><h2>${escapeHtml(tag.name)}</h2>${renderText(tag.description ?? "")}${ofTag(tag.name).map(renderCall).join("")}</section>`).join("\n")}
<section id="problems"><h2>Problems</h2>${renderProblems()}</section>
<section id="schemas"><h2>Schemas</h2>${schemas.map(renderSchema).join("")}</section></main></body></html>`;
}

function listCalls(document: ApiDocument): Call[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    (["get", "post", "put", "patch", "delete"] as const)
      .filter((method) => item?.[method])
      .map((method) => ({ method, path, operation: item?.[method] as unknown as Operation })),
  );
}

function renderLink({ method, path, operation }: Call): string {
  return `<a href="#${operation.operationId}"><b class="${method}">${method}</b> ${escapeHtml(path.replace("/api/v1", ""))}</a>`;
}

function renderCall({ method, path, operation }: Call): string {
  const scope = operation.security?.map((way) => way.bearer?.[0]).find(Boolean);
  const body = operation.requestBody;
  return `<article id="${operation.operationId}"><h3>${escapeHtml(operation.summary)}</h3>
<p class="call"><b class="${method}">${method}</b> <code>${escapeHtml(path)}</code> ${scope ? `<span>scope <code>${scope}</code></span>` : "<span>no token needed</span>"}</p>
${renderText(operation.description ?? "")}
${renderParameters(operation.parameters ?? [])}
${body ? `<h4>Body</h4>${renderText(body.description ?? "")}${renderContent(body.content)}` : ""}
<h4>Answers</h4><dl>${Object.entries(operation.responses)
    .map(
      ([status, answer]) =>
        `<dt>${status}</dt><dd>${inline(answer.description)}${status < "300" ? renderContent(answer.content ?? {}) : ""}</dd>`,
    )
    .join("")}</dl></article>`;
}

function renderParameters(parameters: Parameter[]): string {
  if (parameters.length === 0) return "";
  const rows = parameters.map(
    (
      parameter,
    ) => `<tr><td><code>${escapeHtml(parameter.name)}</code></td><td>${parameter.in}${parameter.required ? ", required" : ""}</td>
<td>${writeSchema(parameter.schema)}</td><td>${inline(parameter.description ?? "")}</td></tr>`,
  );
  return `<h4>Parameters</h4><table><tbody>${rows.join("")}</tbody></table>`;
}

function renderContent(content: Content): string {
  return Object.entries(content)
    .map(([mediaType, { schema, example }]) => {
      const sample = example === undefined ? "" : `<pre>${escapeHtml(writeExample(example))}</pre>`;
      return `<p><code>${escapeHtml(mediaType)}</code></p><pre>${writeSchema(schema)}</pre>${sample}`;
    })
    .join("");
}

function writeExample(example: unknown): string {
  return typeof example === "string" ? example : JSON.stringify(example, null, 2);
}

function renderSchema([name, schema]: [string, SchemaNode]): string {
  return `<article id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3><pre>${writeSchema(schema)}</pre></article>`;
}

function renderProblems(): string {
  const rows = Object.entries(problemKinds).map(
    ([kind, { status, title, meaning }]) =>
      `<tr id="problem-${kind}"><td>${status}</td><td>${escapeHtml(title)}</td><td>${inline(meaning)}</td></tr>`,
  );
  return `<table><tbody>${rows.join("")}</tbody></table>`;
}

/** The small part of Markdown in the document's text: paragraphs, lists, code. */
function renderText(text: string): string {
  return text
    .split(/\n{2,}/)
    .filter((block) => block.trim() !== "")
    .map((block) => {
      if (!block.startsWith("- ")) return `<p>${inline(block)}</p>`;
      return `<ul>${block
        .split("\n")
        .map((line) => `<li>${inline(line.replace(/^- /, ""))}</li>`)
        .join("")}</ul>`;
    })
    .join("");
}

function inline(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}
