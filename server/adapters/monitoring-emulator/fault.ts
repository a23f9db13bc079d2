import { type Metadata, type ServiceError, status } from "@grpc/grpc-js";

/** What a call is answered with instead of a result: a gRPC status, with the details that Google sends. */
export class RpcFault extends Error {
  readonly code: status;
  readonly metadata: Metadata | undefined;

  constructor(code: status, message: string, metadata?: Metadata) {
    super(message);
    this.code = code;
    this.metadata = metadata;
  }

  toServiceError(): Partial<ServiceError> {
    return { code: this.code, details: this.message, ...(this.metadata ? { metadata: this.metadata } : {}) };
  }
}

export const invalid = (message: string) => new RpcFault(status.INVALID_ARGUMENT, message);
