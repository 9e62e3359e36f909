// The session's token against forged orders, and that of a new session of this browser.

const tokenIn = (page) => page.querySelector("meta[name=csrf]")?.content;
export let csrf = tokenIn(document);

// Whether this page, fetched anew, has another token: staff have logged in again in another page, and it goes on so.
export function adoptSession(html) {
  const fresh = html && tokenIn(new DOMParser().parseFromString(html, "text/html"));
  if (!fresh || fresh === csrf) return false;
  csrf = fresh;
  return true;
}
