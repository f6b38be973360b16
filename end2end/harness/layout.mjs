// What can be measured on a page as it stands: whether it fits, whether anything is cut or covered, how large its targets are.

/** Helpers that run inside the page; a function, so that it can be sent there. */
function tools() {
  const seen = (element) => {
    const { width, height } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && width > 1 && height > 1
      && !element.closest('[inert], .skip') && !isClipped(element);
  };
  // What is for screen readers only is clipped away as a whole.
  const isClipped = (element) => element !== null && (getComputedStyle(element).clipPath !== 'none' || isClipped(element.parentElement));
  const name = (element) => `${element.localName}${element.id && `#${element.id}`}${[...element.classList].map((one) => `.${one}`).join('')} "${(element.textContent || element.value || '').trim().slice(0, 40)}"`;
  const modal = document.querySelector('dialog[open]');
  return { seen, name, root: modal ?? document.body };
}

const inPage = (page, run, argument) => page.evaluate(`(${run})((${tools})(), ${JSON.stringify(argument ?? null)})`);

/** Whether the page scrolls sideways, or an open dialog reaches out of the window without a scroll of its own. */
export function overflows(page) {
  return inPage(page, ({ name }) => {
    const found = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`${scrollWidth} px wide in a window of ${clientWidth}`);
    for (const dialog of document.querySelectorAll('dialog[open]')) {
      const { top, left, right, bottom } = dialog.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) found.push(`${name(dialog)} reaches from ${left} to ${right} of ${innerWidth}`);
      const scrolls = dialog.scrollHeight <= dialog.clientHeight + 1 || ['auto', 'scroll'].includes(getComputedStyle(dialog).overflowY);
      const reached = (top >= -1 && bottom <= innerHeight + 1) || getComputedStyle(dialog).position !== 'fixed';
      if (!scrolls || !reached) found.push(`${name(dialog)} from ${top} to ${bottom} of ${innerHeight} cannot be scrolled`);
    }
    return found;
  });
}

/** Elements that hide a part of what they hold, and texts that lie on one another. */
export function cuts(page) {
  return inPage(page, ({ seen, name, root }) => {
    const found = [];
    const hides = (value) => ['hidden', 'clip'].includes(value);
    for (const element of root.querySelectorAll('*')) {
      const style = getComputedStyle(element);
      // A text field scrolls by itself.
      if (!seen(element) || element.closest('svg, input')) continue;
      if (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline') found.push(`cut at its side: ${name(element)}`);
      if (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1 && style.display !== 'inline') found.push(`cut below: ${name(element)}`);
    }
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && texts.length < 400) {
      const node = walker.currentNode;
      const holder = node.parentElement;
      if (!node.data.trim() || !seen(holder) || holder.closest('svg, option, datalist')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) texts.push({ holder, box });
    }
    // A line's box is higher than its letters: a quarter of it may lie on the next line.
    const meet = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
      && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > Math.min(one.height, other.height) / 4;
    // What lies under a bar that stays in view is scrolled out from under it.
    const stuck = (element) => { for (let at = element; at; at = at.parentElement) if (getComputedStyle(at).position === 'sticky') return at; return null; };
    texts.forEach((one, place) => texts.slice(place + 1).forEach((other) => {
      if (one.holder !== other.holder && stuck(one.holder) === stuck(other.holder) && meet(one.box, other.box)) found.push(`${name(one.holder)} lies on ${name(other.holder)}`);
    }));
    return [...new Set(found)].slice(0, 5);
  });
}

/** What is only seen after scrolling sideways inside the page: for a reader it is cut all the same. */
export function scrolls(page) {
  return inPage(page, ({ seen, name, root }) => [...root.querySelectorAll('*')]
    .filter((element) => seen(element) && !element.closest('svg, input, textarea, select') && getComputedStyle(element).display !== 'inline')
    .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
    .map((element) => `${name(element)} is ${element.scrollWidth} px wide in ${element.clientWidth}`));
}

/** Controls under 24 by 24, and main buttons under 44 high (WCAG 2.5.8). A link within a sentence may be smaller. */
export function smallTargets(page) {
  return inPage(page, ({ seen, name, root }) => {
    const found = [];
    const inSentence = (element) => element.localName === 'a' && getComputedStyle(element).display === 'inline'
      && element.parentElement.textContent.trim() !== element.textContent.trim();
    for (const element of root.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
      if (!seen(element) || inSentence(element) || element.getAttribute('aria-hidden') === 'true') continue;
      const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
      const [width, height] = [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
      const least = element.matches('.filled, dialog .danger') ? 44 : 24;
      if (width < 24 || height < least - 0.5) found.push(`${name(element)} is ${width.toFixed(1)} by ${height.toFixed(1)}, not ${least}`);
    }
    return found;
  });
}
