import { type ProcessName, type ProcessRow, processTable } from "./process-table.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What the operating system, Node and its libraries, PostgreSQL's clients and OpenTelemetry read. Windows ignores case, and proxies come in both. */
const ofEveryProgram = new RegExp(
  `^(${[
    "PATH|HOME|USER|USERNAME|LOGNAME|TMPDIR|TMP|TEMP|TZ|TZDIR|LANG|LANGUAGE|LC_.+|LD_.+|MALLOC_.+",
    "SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA",
    "NODE_.+|UV_.+|NEXT_TELEMETRY_DISABLED|SSL_CERT_FILE|SSL_CERT_DIR|OPENSSL_.+",
    "HTTP_PROXY|HTTPS_PROXY|ALL_PROXY|NO_PROXY|PG.+|OTEL_.+",
  ].join("|")})$`,
  "i",
);
/** Google's clients: credentials (also those of a machine at AWS, by federation), the project, gRPC's own. */
const ofGoogle =
  /^(GOOGLE_.+|GCLOUD_.+|CLOUDSDK_.+|GCE_METADATA_.+|METADATA_SERVER_DETECTION|DETECT_GCP_RETRIES|GRPC_.+|NO_GRPC_PROXY|AWS_.+)$/i;
const ofChannels = /^TIDEMARK_SECRET_.+$/;
const isSetting = new Set(Object.values(processTable).flatMap(({ reads }) => reads as readonly string[]));

/** What is common, and what the process reads. */
export function rowOf(process: ProcessName): ProcessRow {
  const row: ProcessRow = processTable[process];
  return { ...row, reads: [...processTable.common.reads, ...row.reads] };
}

/** Of an environment, what a row names and what every program needs. */
export function pickEnvironment(env: Environment, row: ProcessRow): NodeJS.ProcessEnv {
  const isNamed = new Set(row.reads);
  const mayRead = (name: string) => {
    if (isNamed.has(name)) return true;
    // Where a setting is of some processes, the others do not get it by its prefix.
    if (isSetting.has(name)) return false;
    if (row.readsChannelSecrets && ofChannels.test(name)) return true;
    return ofEveryProgram.test(name) || (row.callsGoogle === true && ofGoogle.test(name));
  };
  return Object.fromEntries(Object.entries(env).filter(([name]) => mayRead(name))) as NodeJS.ProcessEnv;
}
