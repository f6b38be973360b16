// Wakes the islands of a page after it has been painted. Every control works without them, so whatever
// fails here leaves the plain HTML as it is.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
const root = document.documentElement;
let sent = null;

// A page that answered a form takes the form's place in the history: Back and Reload ask for the page, and the browser never asks whether
// the form shall be sent again.
history.replaceState(history.state, "", location.href);

async function wake() {
  // Both at once: neither file waits for the other.
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
      // A panic leaves its island's state behind, in which the next one would take itself for a part of it.
      islands.start();
    } finally {
      element.removeAttribute("data-waking");
    }
  }
  // What did not wake may listen already, and would answer nothing.
  if (whole) root.classList.add("awake"); else leavePlain();
}

// After a panic the WASM's listeners are still there and answer nothing: no event reaches them any more, so that forms
// are sent as they are without scripts. The one that was being sent when it happened is sent again, plainly.
function leavePlain() {
  root.classList.remove("awake");
  for (const type of ["submit", "click", "input", "change", "keydown", "cancel", "popstate", "focus", "pageshow", "beforeunload"]) {
    window.addEventListener(type, (event) => event.stopImmediatePropagation(), true);
  }
  document.querySelectorAll("[aria-busy]").forEach((element) => element.removeAttribute("aria-busy"));
  if (!sent?.eventPhase || !sent.defaultPrevented) return;
  // Later, since a form that is being sent cannot be sent (HTML, "firing submission events").
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
// Whoever leaves while the islands load meant to: that is no fault.
let left = false;
window.addEventListener("pagehide", () => { left = true; });
// Firefox ends what is being fetched before it says that the page is left.
const tell = (problem) => setTimeout(() => left || console.error("The islands did not load:", problem), 1000);
whenIdle(() => wake().catch(tell));
