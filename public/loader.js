// Hydrates the islands of a page after its first paint. Every control works without them, so whatever
// fails here leaves the plain HTML as it is.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const root = document.documentElement;
let sent = null;

// Replaces the history entry of a page that answered a POST: Back and Reload request the page by GET,
// and the browser never asks whether to submit the form again.
history.replaceState(history.state, "", location.href);

async function hydrate() {
  // In parallel: neither file waits for the other.
  const module = fetch(wasm);
  module.catch(() => {});
  const islands = await import(js);
  await islands.default({ module_or_path: module });
  islands.start();
  let whole = true;
  for (const element of document.querySelectorAll("leptos-island")) {
    element.setAttribute("data-waking", "");
    try {
      islands[element.dataset.component](element);
    } catch (problem) {
      console.error("An island did not wake:", element.dataset.component, problem);
      whole = false;
      // A panic leaves the reactive owner of its island behind, and the next island would become its child.
      islands.start();
    } finally {
      element.removeAttribute("data-waking");
    }
  }
  // The class `awake` on <html>: every island is hydrated. One that failed may already have listeners
  // that answer nothing.
  if (whole) root.classList.add("awake"); else leavePlain();
}

// After a panic the listeners of the WASM still exist and answer nothing: events no longer reach them, so
// that forms are submitted as without scripts. The form whose submission panicked is submitted again.
function leavePlain() {
  root.classList.remove("awake");
  for (const type of ["submit", "click", "input", "change", "keydown", "cancel", "popstate", "focus", "pageshow", "beforeunload"]) {
    window.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
  }
  document.querySelectorAll("[aria-busy]").forEach((element) => element.removeAttribute("aria-busy"));
  if (!sent?.eventPhase || !sent.defaultPrevented) return;
  // Delayed, since a form cannot be submitted during its submit event (HTML, "firing submission events").
  const { target, submitter } = sent;
  setTimeout(() => target.requestSubmit(submitter));
}

function whenIdle(run) {
  if ("requestIdleCallback" in window) {
    window.requestIdleCallback(run, { timeout: 500 });
  } else {
    setTimeout(run, 50);
  }
}

window.addEventListener("submit", (event) => { sent = event; }, true);
window.addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError && root.classList.contains("awake")) leavePlain();
});
// Leaving the page while the islands load aborts the fetches: not an error.
let left = false;
window.addEventListener("pagehide", () => { left = true; });
// Firefox aborts the fetches before `pagehide`, hence the delay.
const report = (problem) => setTimeout(() => left || console.error("The islands did not load:", problem), 1000);
whenIdle(() => hydrate().catch(report));
