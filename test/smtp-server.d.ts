// smtp-server has no types: this covers what the tests use.
declare module "smtp-server" {
  import type { EventEmitter } from "node:events";
  import type { Server } from "node:net";
  import type { Readable } from "node:stream";

  export interface SMTPServerOptions {
    authOptional?: boolean;
    disabledCommands?: string[];
    onData(stream: Readable, session: unknown, done: (error: Error | null) => void): void;
  }

  export class SMTPServer extends EventEmitter {
    constructor(options: SMTPServerOptions);
    readonly server: Server;
    listen(port: number, host: string, done: () => void): void;
    close(done: () => void): void;
  }
}
