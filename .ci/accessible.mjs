// Pages judged by axe-core in headless Chromium, in light and in dark: names for screen readers, contrast, keyboard, landmarks.
// Arguments: the browser, a folder for its profile, and the pages' URLs. Ends with 1 where a page has a violation.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { open } from './browser.mjs';

const [browser, profile, ...urls] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { send, evaluate, close, fail } = await open(browser, profile, 120);
let violated = 0;
try {
  for (const url of urls) for (const scheme of ['light', 'dark']) {
    await send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    // A page of the same document, but for what is after `#`, would not be loaded anew.
    await send('Page.navigate', { url: 'about:blank' });
    await send('Page.navigate', { url });
    await new Promise(resolve => setTimeout(resolve, 1500));
    await evaluate(`${axe}; 0`);
    const found = await evaluate('axe.run().then(({ violations }) => violations.map(one => `${one.id} (${one.impact}): ${one.help}; ${one.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ")}`))');
    for (const one of found) console.error(`${url} ${scheme}: ${one}`);
    violated += found.length;
    if (!found.length) console.log(`ok: ${url.split('/').slice(-2).join('/')} ${scheme}`);
  }
  await close();
} catch (error) {
  fail(error.message);
}
process.exit(violated > 0 ? 1 : 0);
