"use client";

/** The frame itself failed to render: none of our components are available. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui, sans-serif", padding: 24, colorScheme: "light dark" }}>
        <title>Tidemark</title>
        <h1>Tidemark could not draw this page</h1>
        <p>Try again; if it stays like this, look at what the web process logged.</p>
        <button type="button" onClick={() => window.location.reload()}>
          Try again
        </button>
      </body>
    </html>
  );
}
