// The stage's console as somebody uses it: keys and clicks in headless Chromium, driven over a pipe, without packages.
// Arguments: the browser, the console's URL, and a folder for its profile.
import { open } from './browser.mjs';

const [browser, url, profile] = process.argv.slice(2);
const { send, evaluate, close, fail } = await open(browser, profile, 60);
async function until(what, expression) {
  for (let n = 0; n < 100; n += 1) {
    if (await evaluate(expression)) return console.log(`ok: ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within ten seconds (${expression}); the page shows: ${await evaluate('document.querySelector("main section:not([hidden])").innerText.slice(0, 800)')}`);
}
async function key(name, modifiers = 0) {
  const code = name.length === 1 ? name.toUpperCase().charCodeAt(0) : { Enter: 13, Tab: 9, ArrowRight: 39, ArrowLeft: 37, ArrowDown: 40, ' ': 32 }[name];
  const event = { key: name, modifiers, windowsVirtualKeyCode: code, code: name === 'Enter' ? 'Enter' : undefined, text: name === 'Enter' && !modifiers ? '\r' : undefined };
  await send('Input.dispatchKeyEvent', { ...event, type: 'keyDown' });
  await send('Input.dispatchKeyEvent', { ...event, text: undefined, type: 'keyUp' });
}
async function click(selector) {
  const place = await evaluate(`(() => { const element = ${selector}; element.scrollIntoView({block: "center"}); const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()`);
  for (const type of ['mousePressed', 'mouseReleased']) await send('Input.dispatchMouseEvent', { type, x: place[0], y: place[1], button: 'left', clickCount: 1 });
}
async function type(selector, text) {
  await evaluate(`(${selector}).focus(), (${selector}).select?.()`);
  await send('Input.insertText', { text });
}
const at = id => `document.getElementById("${id}")`;
const shows = (id, text) => `${at(id)}.innerText.includes(${JSON.stringify(text)})`;
const button = (id, text) => `[...${at(id)}.querySelectorAll("button")].find(button => button.textContent === ${JSON.stringify(text)})`;
const select = (id, name, text) => `(() => { const select = ${at(id)}.elements[${JSON.stringify(name)}]; select.value = [...select.options].find(option => option.text.includes(${JSON.stringify(text)})).value; select.dispatchEvent(new Event("change")); })()`;
const ALT = 1, CONTROL = 2;

try {
  await send('Page.navigate', { url });
  await until('the system is drawn', '!!document.querySelector("#graph svg")');

  await key('2', ALT);
  await until('Alt+2 shows the operations', `!${at('operations')}.hidden && ${at('call')}.operation.options.length > 0`);
  await evaluate(select('call', 'operation', '/shown/{id}'));
  await until('an operation has its fields', `${at('fields')}.querySelectorAll("input").length === 3`);
  await until('a body begins with an example', `JSON.parse(${at('call')}.body.value).name === "a cup"`);
  await type('document.querySelector("[data-name=id]")', 'a/b c');
  await type('document.querySelector("[data-name=colour]")', 'light blue');
  await click(`${at('call')}.querySelector("button")`);
  await until('Send shows the answer', shows('answer', '200 OK'));
  await until('the request was the one of the form', `(() => { const sent = JSON.parse(${at('answer')}.querySelector("pre").textContent).event; return sent.pathParameters.id === "a%2Fb%20c" && sent.queryStringParameters.colour === "light blue" && JSON.parse(sent.body).name === "a cup"; })()`);
  await type(`${at('call')}.body`, '{"name": 1}');
  await key('Enter', CONTROL);
  await until('Ctrl+Enter sends, and the gateway checks the body', shows('answer', 'Invalid request body'));
  await click(button('answer', 'follow'));
  await until('an answer leads to its trace', `!${at('requests')}.hidden && ${shows('trace', '400')}`);

  await click(at('tab-queues'));
  await until('a click shows the queues', shows('queue-list', 'local-FailureQueue'));
  await evaluate(`[...document.querySelectorAll("#queue-list tr")].find(row => row.cells[0].textContent === "local-FailureQueue").querySelector("button").focus()`);
  await key('Enter');
  await until('Enter on a button shows messages as text', `${shows('messages', '<b>bold</b>')} && !document.querySelector("#messages b")`);

  await evaluate(`${at('tab-queues')}.focus()`);
  await key('ArrowRight');
  await until('an arrow shows the next view', `!${at('tables')}.hidden && document.activeElement === ${at('tab-tables')}`);
  await until('tables are listed', `${at('query')}.elements.table.options.length === 1`);
  await click(`${at('query')}.querySelector("button")`);
  await until('a table is scanned', `/\\d+ items/.test(${at('items')}.innerText)`);
  await type(`${at('query')}.elements.condition`, 'id = :id');
  await type(`${at('query')}.elements.values`, '{":id": {"S": "nobody"}}');
  await key('Enter');
  await until('Enter in a field queries', shows('items', '0 items'));

  await click(at('tab-events'));
  await click(`${at('pattern')}.querySelector("button")`);
  await until('a pattern is tested', `${at('verdict')}.textContent === "matches"`);
  await type(`${at('pattern')}.elements.pattern`, '{"source": ["other"]}');
  await click(`${at('pattern')}.querySelector("button")`);
  await until('and another', `${at('verdict')}.textContent === "does not match"`);

  await click(at('tab-faults'));
  await until('presets are listed', `!!${button('presets', 'throttle')}`);
  await click(button('presets', 'throttle'));
  await until('a preset is switched on', `${button('presets', 'throttle')}.getAttribute("aria-pressed") === "true"`);
  await click(button('presets', 'off'));
  await until('and off', `${button('presets', 'off')}.getAttribute("aria-pressed") === "true"`);
  await close();
} catch (error) {
  fail(error.message);
}
