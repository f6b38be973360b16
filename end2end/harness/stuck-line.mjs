// A line to the server on which some files never arrive. It is for reading: the server takes no form from there.
import { createServer, get } from 'node:http';

export class StuckLine {
  #server;

  /** Addresses with this pattern are asked for, and not answered. `stuck` is kept when the first of them is. */
  static async start(origin, pattern) {
    const line = new StuckLine();
    let met;
    line.stuck = new Promise((done) => { met = done; });
    line.#server = createServer((request, response) => {
      const url = new URL(request.url, origin);
      if (pattern.test(url.pathname)) return met();
      return get(url, { headers: { ...request.headers, host: url.host } }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        answer.pipe(response);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((done) => { line.#server.once('listening', done); });
    line.url = `http://127.0.0.1:${line.#server.address().port}`;
    return line;
  }

  async stop() {
    this.#server.closeAllConnections();
    await new Promise((done) => { this.#server.close(done); });
  }
}
