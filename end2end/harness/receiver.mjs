// The application at the other end: an address that codes and errors come back to.
import { createServer } from 'node:http';

export class Receiver {
  #server;
  #requests = [];

  static async start() {
    const receiver = new Receiver();
    receiver.#server = createServer((request, response) => receiver.#answer(request, response));
    receiver.#server.listen(0, '127.0.0.1');
    await new Promise((done) => { receiver.#server.once('listening', done); });
    receiver.url = `http://127.0.0.1:${receiver.#server.address().port}/callback`;
    return receiver;
  }

  #answer(request, response) {
    if (request.url.startsWith('/callback')) this.#requests.push(request.url);
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Received</title><h1>Received</h1>');
  }

  /** What came back with the page that the browser is on now, once it is here. */
  async answer(page) {
    const here = (url) => url.href.startsWith(this.url);
    // A second click ends the navigation that the first began, and the browser reports that as an error of its own.
    await page.waitForURL(here).catch((error) => {
      if (!error.message.includes('net::ERR_ABORTED')) throw error;
      return page.waitForURL(here);
    });
    return new URL(page.url()).searchParams;
  }

  /** How often the browser came here. */
  get visits() {
    return this.#requests.length;
  }

  /** What came back last, whichever browser brought it. */
  get last() {
    return new URL(this.#requests.at(-1), this.url).searchParams;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((done) => { this.#server.close(done); });
  }
}
