// `node allow.mjs URL USERNAME [allow|deny]`, the password on standard input: answers an authorization request
// without a browser and prints where it leads. For examples in other languages.
import { readFileSync } from 'node:fs';
import { Browser } from './forms.mjs';

const [url, username, decision] = process.argv.slice(2);
const password = readFileSync(0, 'utf8').trimEnd();
console.log(await new Browser().authorize(url, { username, password, decision }));
