// What extensions and translators do to a page before its islands wake. Each is a function that runs inside the page.

/** Puts a function to work on every page, as soon as the page is parsed. */
export function mangle(context, run) {
  return context.addInitScript(`document.addEventListener('DOMContentLoaded', ${run})`);
}

export const MANGLERS = {
  'a password manager puts a span after each input': () => {
    for (const field of document.querySelectorAll('input')) field.insertAdjacentHTML('afterend', '<span data-extension></span>');
  },
  'an extension puts a div before everything': () => {
    document.body.insertAdjacentHTML('afterbegin', '<div data-extension></div>');
  },
  'a translator wraps every text': () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    const skipped = 'script, style, textarea, option, datalist, svg, [translate=no], [translate=no] *';
    for (const text of texts.filter((one) => one.data.trim() && !one.parentElement.matches(skipped))) {
      const font = document.createElement('font');
      text.replaceWith(font);
      font.append(text);
    }
  },
  'an extension marks forms and fields': () => {
    for (const element of document.querySelectorAll('html, body, form, input, button')) element.setAttribute('data-extension', 'seen');
  },
  'an extension puts a div after everything': () => {
    document.body.insertAdjacentHTML('beforeend', '<div data-extension style="display: none"></div>');
  },
  'something removes all comments': () => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    comments.forEach((comment) => comment.remove());
  },
};
