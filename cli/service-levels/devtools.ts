import { CliError } from "../cli-error.ts";

interface Message {
  id?: number;
  method?: string;
  sessionId?: string;
  result?: Record<string, unknown>;
  error?: { message: string };
}

const patienceMs = 60_000;

/** A connection to a browser's DevTools protocol (chromedevtools.github.io/devtools-protocol). */
export class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #events = new Map<string, () => void>();
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(String(data)) as Message));
  }

  static async connect(url: string): Promise<DevTools> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener("open", resolve, { once: true });
      socket.addEventListener("error", () => reject(new CliError("The browser does not answer.")), { once: true });
    });
    return new DevTools(socket);
  }

  close(): void {
    this.#socket.close();
  }

  async call(method: string, params: object = {}, sessionId?: string): Promise<Record<string, unknown>> {
    this.#calls += 1;
    const id = this.#calls;
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }));
    const { result, error } = await inTime(answer, method);
    if (error) throw new CliError(`The browser refused ${method}: ${error.message}`);
    return result ?? {};
  }

  /** Called before what causes the event. */
  event(method: string): Promise<void> {
    return inTime(new Promise<void>((resolve) => this.#events.set(method, resolve)), method);
  }

  #take(message: Message): void {
    if (message.id !== undefined) this.#waiting.get(message.id)?.(message);
    else if (message.method) this.#events.get(message.method)?.();
  }
}

async function inTime<Result>(result: Promise<Result>, what: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new CliError(`The browser took over ${patienceMs / 1000} s for ${what}.`)),
      patienceMs,
    );
  });
  try {
    return await Promise.race([result, late]);
  } finally {
    clearTimeout(timer);
  }
}
