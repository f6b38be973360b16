// From a press until what it did is drawn, whether in place or by another page: the watch runs in every page.
import { loads } from './loads.mjs';

/** What is looked for, as a function of the page. */
function watch() {
  const shown = (element) => element.checkVisibility();
  const looks = {
    created: () => [...document.querySelectorAll('dialog[open] :is(textarea, input)')].some((field) => field.value.startsWith('jtn_pt_') && shown(field)),
    revoked: (name) => [...document.querySelectorAll('[role=status]')].some((place) => place.textContent.includes(`“${name}” revoked`) && shown(place)),
  };
  const now = () => performance.timeOrigin + performance.now();
  const stored = (key) => sessionStorage.getItem(key);
  addEventListener('click', ({ timeStamp }) => {
    if (stored('awaited') && !stored('pressed')) sessionStorage.setItem('pressed', performance.timeOrigin + timeStamp);
  }, { capture: true });
  let found = false;
  const frame = () => {
    const [what, ...name] = (stored('awaited') ?? '').split(' ');
    if (!what || !stored('pressed')) found = false;
    else if (!found && looks[what](name.join(' '))) {
      found = true;
      // The next frame begins when this one has been drawn.
      requestAnimationFrame(() => sessionStorage.setItem('drawn', now()));
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Returns `wait(what, press)`: presses, and returns the ms until `what` was drawn and the pages loaded meanwhile. */
export async function waits(context, page) {
  await context.addInitScript(watch);
  const loaded = loads(page);
  return async (what, press) => {
    await page.evaluate((awaited) => {
      sessionStorage.clear();
      sessionStorage.setItem('awaited', awaited);
    }, what);
    loaded();
    await press();
    await page.waitForFunction(() => sessionStorage.getItem('drawn'));
    const [pressed, drawn] = await page.evaluate(() => ['pressed', 'drawn'].map((key) => Number(sessionStorage.getItem(key))));
    return { ms: drawn - pressed, loads: loaded() };
  };
}
