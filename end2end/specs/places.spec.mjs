// Where things stand and where the focus goes: what a hurried press and the next press of a key meet.
import assert from 'node:assert/strict';
import { button, combobox, dialog, fillSignIn, focuses, heading, openTab, row, sees, signIn, status, textbox } from '../harness/pages.mjs';
import { everyWay, setUp } from '../harness/spec.mjs';
import { authorizeUrl, pkce } from '../harness/wire.mjs';

const site = setUp();
const NEW = 'New permanent token';
let printers = 0;

function question(scope) {
  printers += 1;
  const client = site.jeton.client(`Hurried Printer ${printers}`, site.receiver.url);
  const { challenge } = pkce();
  return authorizeUrl(site.jeton, client, { scope, state: 's', code_challenge: challenge, code_challenge_method: 'S256' });
}

const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

for (const [width, height] of [[1280, 800], [320, 640]]) {
  everyWay(site, `a second press where Sign in was answers nothing, ${width} px`, async (page) => {
    await page.setViewportSize({ width, height });
    const name = site.jeton.person();
    await page.goto(question('read'));
    await sees(button(page, 'Sign in'));
    const pressed = await button(page, 'Sign in').boundingBox();
    await fillSignIn(page, name);
    await sees(heading(page, /wants to access/));
    for (const answer of ['Allow', 'Deny']) {
      assert.ok(!overlap(pressed, await button(page, answer).boundingBox()), `${answer} stands where Sign in was`);
    }
    const [x, y] = [pressed.x + pressed.width / 2, pressed.y + pressed.height / 2];
    await page.mouse.click(x, y);
    await sees(heading(page, /wants to access/), 'the question stands');
  });
}

everyWay(site, 'Allow and Deny are of one size', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await page.goto(question('read write'));
  const [allow, deny] = await Promise.all(['Allow', 'Deny'].map((name) => button(page, name).boundingBox()));
  assert.deepEqual([allow.width, allow.height], [deny.width, deny.height]);
});

async function create(page, name) {
  await button(page, NEW).first().click();
  const box = dialog(page, NEW);
  await textbox(box, 'Name').fill(name);
  await combobox(box, 'Scope').fill('read');
  await button(box, 'Add').click();
  await button(box, 'Create').click();
  await button(dialog(page, 'Token created'), 'Done').click();
  await sees(row(page, name));
}

async function revoke(page, name) {
  await button(row(page, name), 'Revoke').click();
  await button(dialog(page, /^Revoke/), 'OK').click();
  await sees(status(page, `Token “${name}” revoked`));
}

everyWay(site, 'after Done the new row has the focus, after OK the row beside the revoked one', async (page) => {
  await signIn(page, site.jeton, site.jeton.person());
  await openTab(page, site.jeton, 'Tokens');
  await create(page, 'older');
  await sees(status(page, 'Token “older” created'));
  await focuses(page, 'older');
  await create(page, 'newer');
  await focuses(page, 'newer');
  await revoke(page, 'newer');
  await focuses(page, 'Revoke');
  await page.keyboard.press('Enter');
  await sees(dialog(page, 'Revoke “older”?'), 'it is the button of the row beside');
  await button(dialog(page, 'Revoke “older”?'), 'OK').click();
  await sees(heading(page, 'No permanent tokens yet'));
  await focuses(page, NEW);
});
