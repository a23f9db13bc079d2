/** The catalogue entry that claims a discovered type, ready to be saved, filled in and applied. */
export function claimSnippet(eventType: string): string {
  return [
    "apiVersion: tidemark/v1",
    "kind: EventType",
    `metadata: { name: ${yamlText(eventType)} }`,
    "spec: { owner: your-team, tier: normal }",
    "",
  ].join("\n");
}

// JSON's strings are YAML's double-quoted strings: valid for any name, and only names that need quotes get them.
function yamlText(text: string): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(text) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
