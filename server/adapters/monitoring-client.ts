import type { MetricServiceClient } from "@google-cloud/monitoring";

export interface MonitoringAddress {
  /** host:port of a look-alike, without TLS and credentials; null: Google's service, with the machine's credentials. */
  emulatorHost: string | null;
}

/** Google's client of Cloud Monitoring. Loaded when it is first needed: it takes some 40 MB. */
export async function openMonitoringClient({ emulatorHost }: MonitoringAddress): Promise<MetricServiceClient> {
  const { MetricServiceClient } = await import("@google-cloud/monitoring");
  if (emulatorHost === null) return new MetricServiceClient();
  const { credentials } = await import("@grpc/grpc-js");
  const { hostname, port } = new URL(`http://${emulatorHost}`);
  return new MetricServiceClient({
    servicePath: hostname,
    port: Number(port),
    sslCreds: credentials.createInsecure(),
    projectId: "emulator",
    // Given, it is not looked up at Google's metadata server, for seconds.
    clientOptions: { universeDomain: "googleapis.com" },
  });
}
