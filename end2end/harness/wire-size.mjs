// What a browser takes over the network for a page, counted by the browser itself, headers and all.

/** Counts the bytes of each kind from now on. `kinds` maps html, css, js, wasm and other to bytes; `names` are the requests in order. */
export async function meter(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const requests = new Map();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => requests.set(requestId, { url: request.url, bytes: 0 }));
  session.on('Network.responseReceived', ({ requestId, response }) => {
    Object.assign(requests.get(requestId) ?? {}, { kind: kindOf(response), encoding: response.headers['content-encoding'] ?? 'none' });
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => requests.delete(requestId));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.get(requestId);
    if (request) request.bytes = encodedDataLength;
  });
  return {
    reset: () => requests.clear(),
    /** Those that took anything: what comes out of the cache takes nothing. */
    taken: () => [...requests.values()].filter(({ bytes }) => bytes > 0),
  };
}

function kindOf({ mimeType, url }) {
  if (/html/.test(mimeType)) return 'html';
  if (/css/.test(mimeType)) return 'css';
  if (/wasm/.test(mimeType) || url.endsWith('.wasm')) return 'wasm';
  return /javascript/.test(mimeType) ? 'js' : 'other';
}

/** Kilobytes (of 1000 bytes) of the requests of these kinds. */
export function kilobytes(requests, ...kinds) {
  const counted = requests.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  return counted.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
}
