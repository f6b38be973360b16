// Wakes the islands of a page after it has been painted. Every control works without them, so whatever
// fails here fails alone: one broken island leaves the others and the plain HTML as they are.
const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

async function wake() {
  // Both at once: neither file waits for the other.
  const module = fetch(wasm);
  module.catch(() => {});
  const islands = await import(js);
  await islands.default({ module_or_path: module });
  islands.start();
  for (const element of document.querySelectorAll("leptos-island")) {
    element.setAttribute("data-waking", "");
    try {
      islands[element.dataset.component](element);
    } catch (problem) {
      console.error("An island did not wake:", element.dataset.component, problem);
      // A panic leaves its island's state behind, in which the next one would take itself for a part of it.
      islands.start();
    } finally {
      element.removeAttribute("data-waking");
    }
  }
}

function whenIdle(run) {
  if ("requestIdleCallback" in window) {
    window.requestIdleCallback(run, { timeout: 500 });
  } else {
    setTimeout(run, 50);
  }
}

whenIdle(() => wake().catch((problem) => console.error("The islands did not load:", problem)));
