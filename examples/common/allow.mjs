// `node allow.mjs URL USERNAME [allow|deny]`, the password on standard input: answers an authorization request
// without a browser and prints where it leads. `node allow.mjs --leave URL` opens a request to sign out instead. The
// variable JAR names a file in which the cookies stay from one call to the next. For examples in other languages.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Browser } from './forms.mjs';

const { JAR: jar } = process.env;
const browser = new Browser(jar && existsSync(jar) ? JSON.parse(readFileSync(jar, 'utf8')) : []);
const [first, second, decision] = process.argv.slice(2);
if (first === '--leave') {
  console.log(await browser.leave(second));
} else {
  const password = readFileSync(0, 'utf8').trimEnd();
  console.log(await browser.authorize(first, { username: second, password, decision }));
}
if (jar) writeFileSync(jar, JSON.stringify(browser.cookies));
