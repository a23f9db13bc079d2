// The image's HEALTHCHECK: asks whichever of its two ports this container's process listens on, a worker's health port or the web port.
const ports = [process.env.TIDEMARK_HEALTH_PORT, process.env.PORT || "3000"].filter(Boolean);

for (const port of ports) {
  const response = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(4_000) }).catch(
    (error) => {
      if (error.cause?.code === "ECONNREFUSED") return null;
      console.error(`http://127.0.0.1:${port}/healthz: ${error.message}`);
      process.exit(1);
    },
  );
  if (response === null) continue;
  console.log(await response.text());
  process.exit(response.ok ? 0 : 1);
}
console.error(`Nothing listens on port ${ports.join(" or ")}.`);
process.exit(1);
