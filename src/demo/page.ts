const STYLE = `body{font:1.1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}
.not-real{border-left:.4rem solid #b35900;padding:.5rem 1rem;background:#fff4e5}
button{font:inherit;display:block;width:100%;text-align:left;margin:.4rem 0;padding:.7rem 1rem;border:1px solid #5b6770;border-radius:.4rem;background:#fff;cursor:pointer}
button:hover,button:focus-visible{background:#e8f1f8;outline:.15rem solid #00548b}
small{display:block;color:#444}`;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Makes text safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}

/** A whole Swedish page without scripts; `body` is trusted HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
<p class="not-real">Detta är en demonstration. Alla personer är påhittade. Använd den inte för riktiga personer.</p>
${body}</main></body>
</html>
`;
}

/**
 * What such a page may do: show itself and send its form here. The form's answer leads on to the waiting client, and
 * browsers hold the redirect to `form-action` too, hence the addresses on this machine.
 */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; " +
  "form-action 'self' http://127.0.0.1:* http://localhost:*";
