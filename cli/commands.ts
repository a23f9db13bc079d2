import type { Command } from "commander";

export interface CommandEntry {
  readonly name: string;
  /** What follows the name in the list of commands. */
  readonly usage?: string;
  readonly description: string;
  load(): Promise<Command>;
}

/** Every command, in the order of the help. A command's modules are loaded when it runs. */
export const commands: readonly CommandEntry[] = [
  {
    name: "apply",
    usage: "[options]",
    description: "apply catalogue files, and show the difference",
    load: async () => (await import("./apply/apply-command.ts")).applyCommand(),
  },
  {
    name: "wait",
    usage: "[options] <types> <when>",
    description:
      "wait until an hour, a day or a range is ready; exits 0 ready, 3 timed out, 2 unknown type, 1 any other error",
    load: async () => (await import("./wait-command.ts")).waitCommand(),
  },
  {
    name: "replay",
    usage: "[options] <file>",
    description: "send a file of CloudEvents, one per line",
    load: async () => (await import("./replay/replay-command.ts")).replayCommand(),
  },
  {
    name: "routes",
    description: "test the routing tree",
    load: async () => (await import("./routes/routes-command.ts")).routesCommand(),
  },
  {
    name: "incidents",
    usage: "[options]",
    description: "list incidents, newest first, and act on them",
    load: async () => (await import("./incidents/incidents-command.ts")).incidentsCommand(),
  },
  {
    name: "rules",
    usage: "[options] [name]",
    description: "list alert rules, or say what one evaluates now and what it does not",
    load: async () => (await import("./rules/rules-command.ts")).rulesCommand(),
  },
  {
    name: "on-call",
    description: "see who is on call, and change it for a while",
    load: async () => (await import("./on-call/on-call-command.ts")).onCallCommand(),
  },
  {
    name: "sources",
    description: "see what is collected from sources, and what is not mapped",
    load: async () => (await import("./sources/sources-command.ts")).sourcesCommand(),
  },
  {
    name: "silence",
    description: "mute notifications of matching alerts for a time",
    load: async () => (await import("./silence/silence-command.ts")).silenceCommand(),
  },
  {
    name: "correct",
    description: "set wrong facts aside, or accept hours; exits 2 for invalid input, 3 for a conflict",
    load: async () => (await import("./correct/correct-command.ts")).correctCommand(),
  },
  {
    name: "excuse",
    description: "exclude hours from the service levels, with a reason",
    load: async () => (await import("./excuse/excuse-command.ts")).excuseCommand(),
  },
  {
    name: "service-levels",
    description: "show a month's service levels, or save them",
    load: async () => (await import("./service-levels/service-levels-command.ts")).serviceLevelsCommand(),
  },
  {
    name: "delete",
    usage: "<kind> <name>",
    description: "delete an event type, datacenter or reporter that was never claimed, and its reports",
    load: async () => (await import("./delete-name.ts")).deleteCommand(),
  },
  {
    name: "backtest",
    usage: "[options] [rule]",
    description: "run an alert rule over past hours: pages a week, breaches caught and missed, lead, other thresholds",
    load: async () => (await import("./backtest/backtest-command.ts")).backtestCommand(),
  },
  {
    name: "deployed",
    usage: "[options] <component> <version>",
    description: "record that a version of a component was deployed",
    load: async () => (await import("./deployments/deployed-command.ts")).deployedCommand(),
  },
  {
    name: "deployments",
    description: "list what was deployed, and compare it with what runs",
    load: async () => (await import("./deployments/deployments-command.ts")).deploymentsCommand(),
  },
  {
    name: "consumers",
    description: "list consumers, and adopt or dismiss jobs that OpenLineage discovered",
    load: async () => (await import("./consumers/consumers-command.ts")).consumersCommand(),
  },
  {
    name: "hooks",
    description: "see deployment hooks and their deliveries, and rotate their secrets",
    load: async () => (await import("./hooks/hooks-command.ts")).hooksCommand(),
  },
  {
    name: "people",
    description: "list, invite and disable people; needs a token with the scope admin",
    load: async () => (await import("./people/people-command.ts")).peopleCommand(),
  },
  {
    name: "sessions",
    description: "list the signed-in browsers, and sign them out",
    load: async () => (await import("./sessions/sessions-command.ts")).sessionsCommand(),
  },
  {
    name: "audit",
    usage: "[options]",
    description: "show who changed what, when, why and from where; needs a token with the scope admin",
    load: async () => (await import("./audit/audit-command.ts")).auditCommand(),
  },
  {
    name: "token",
    description: "create, list, rotate and revoke API tokens; needs a token with the scope admin",
    load: async () => (await import("./token-command.ts")).tokenCommand(),
  },
  {
    name: "secrets",
    description:
      "show how the secrets in the database are encrypted, and encrypt them again; runs where Tidemark runs, with DATABASE_URL and the keys",
    load: async () => (await import("./secrets/secrets-command.ts")).secretsCommand(),
  },
  {
    name: "backup",
    usage: "[options] <file>",
    description:
      "write the whole database into a file, without a pause; runs where Tidemark runs, with DATABASE_URL and pg_dump",
    load: async () => (await import("./backup/backup-command.ts")).backupCommand(),
  },
  {
    name: "restore",
    usage: "[options] <file>",
    description:
      "load a backup into an empty database, and compare it; exits 1 if something differs; runs where Tidemark runs",
    load: async () => (await import("./backup/backup-command.ts")).restoreCommand(),
  },
  {
    name: "resume",
    description: "send the notifications that `restore --hold` holds; runs where Tidemark runs",
    load: async () => (await import("./backup/backup-command.ts")).resumeCommand(),
  },
  {
    name: "doctor",
    usage: "[options]",
    description: "check settings, database, Pub/Sub and API; exits 1 if something is wrong",
    load: async () => (await import("./doctor/doctor-command.ts")).doctorCommand(),
  },
];
