// A text browser: w3m in a terminal of tmux's, driven by its keys. No style sheet, no script, no pointer.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const COLUMNS = 110;
/** High enough for any page, so that nothing is out of sight. */
const LINES = 250;
const PATIENCE = 10_000;
const MOST_TABS = 80;
/** ms after which a key has had its effect, and after which one that had none will not have any. */
const SETTLED = 60;
const STILL = 1000;

export class TextBrowser {
  #folder = mkdtempSync(join(tmpdir(), 'jeton-w3m.'));

  /** Opens a page; cookies live in a folder of this browser's own. */
  constructor(url) {
    const env = { ...process.env, HOME: this.#folder, LANG: 'C.UTF-8', TERM: 'xterm', TMUX: '' };
    const program = [process.env.W3M ?? 'w3m', '-cookie', '-no-mouse', url];
    this.#tmux(['-u', 'new-session', '-d', '-x', COLUMNS, '-y', LINES, ...program], { env });
  }

  #tmux(words, options = {}) {
    const all = ['-S', join(this.#folder, 'tmux'), '-f', '/dev/null', ...words.map(String)];
    const { status, stdout, stderr, error } = spawnSync('tmux', all, { encoding: 'utf8', ...options });
    if (status !== 0) throw new Error(`tmux ${words[0]}: ${error ?? stderr}`);
    return stdout;
  }

  #keys(...keys) {
    this.#tmux(['send-keys', ...keys]);
  }

  /** Answers a question that w3m asks in its last line. */
  async #answer(question, text) {
    await this.sees(question);
    this.#keys('C-a', 'C-k');
    this.#tmux(['send-keys', '-l', text]);
    this.#keys('Enter');
    await this.#until(() => !question.test(this.screen), () => `still asked for ${text}`);
  }

  /** The lines of the screen, without empty ones. */
  get screen() {
    return this.#tmux(['capture-pane', '-p']).split('\n').map((line) => line.trimEnd()).filter(Boolean).join('\n');
  }

  /** What is under the cursor and to the right of it, and where that is. */
  get #cursor() {
    const [x, y] = this.#tmux(['display-message', '-p', '#{cursor_x} #{cursor_y}']).trim().split(' ').map(Number);
    const line = this.#tmux(['capture-pane', '-p', '-S', y, '-E', y]).trimEnd();
    return { row: y, place: `${x},${y} ${line}`, before: line.slice(0, x), after: line.slice(x) };
  }

  async #until(isSo, message) {
    for (const end = Date.now() + PATIENCE; Date.now() < end; await sleep(20)) if (isSo()) return;
    throw new Error(`${message()}; the text browser shows:\n${this.screen}`);
  }

  /** Waits until the screen has this text. */
  sees(pattern) {
    return this.#until(() => pattern.test(this.screen), () => `${pattern} is not seen`);
  }

  /** Types an address. */
  async open(url) {
    await this.#loads(async () => {
      this.#keys('U');
      await this.#answer(/Goto URL:/, url);
    });
  }

  /** Goes from control to control with Tab until one is there that `isIt`, and stays. */
  async #tabTo(what, isIt) {
    this.#keys('[');
    await sleep(SETTLED);
    for (let tabs = 0, cursor = this.#cursor; tabs < MOST_TABS; tabs += 1) {
      if (isIt(cursor)) {
        // A busy machine may have a key on its way.
        await sleep(SETTLED);
        if (isIt(this.#cursor)) return;
      }
      const next = await this.#tab(cursor.place);
      if (!next) break;
      cursor = next;
    }
    throw new Error(`Tab does not come to ${what}; the text browser shows:\n${this.screen}`);
  }

  /** Presses Tab. Returns where the cursor has gone from this place, or nothing if it stays. */
  async #tab(place) {
    this.#keys('Tab');
    for (const end = Date.now() + STILL; Date.now() < end; await sleep(10)) {
      const cursor = this.#cursor;
      if (cursor.place !== place) return cursor;
    }
    return undefined;
  }

  /** Follows the link or presses the button whose words begin so, and waits for the page behind it. */
  async press(name) {
    await this.#tabTo(name, ({ after }) => after.startsWith(name));
    await this.#loads(() => this.#keys('Enter'));
  }

  /** Every page that has come is told in the last line; the address of the one before stands there until then. */
  async #loads(act) {
    const last = () => this.screen.split('\n').at(-1);
    this.#keys('c');
    await this.#until(() => /^https?:/.test(last()), () => 'no address is told');
    await act();
    await this.#until(() => last().startsWith('Viewing <'), () => 'no page comes');
  }

  /** Fills the first field after this label. */
  async fill(label, text) {
    const isIt = ({ before, row }) => before.endsWith('[') && this.#labels(before, row).includes(label);
    await this.#tabTo(`the field ${label}`, isIt);
    this.#keys('Enter');
    await this.#answer(/^(TEXT|Password):/m, text);
  }

  /** What stands before a field in its line and, back to the field before it, in the lines above. */
  #labels(before, row) {
    const above = this.#tmux(['capture-pane', '-p']).split('\n').slice(0, row);
    const lines = [...above, before.slice(0, -1)].map((line) => line.trim());
    return lines.slice(lines.findLastIndex((line) => line.includes('[')) + 1);
  }

  stop() {
    this.#tmux(['kill-server']);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
