// Headless Chromium, driven over a pipe without packages: the pages of a test as somebody sees and uses them.
import { spawn } from 'node:child_process';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--window-size=1500,1000', '--remote-debugging-pipe'];

/// Starts the browser with a folder for its profile, and attaches to its page. What takes longer than `seconds` fails.
export async function open(browser, profile, seconds) {
  const child = spawn(browser, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const waiting = new Map();
  let number = 0, buffered = '', session;
  function fail(message) {
    console.error(message);
    child.kill();
    process.exit(1);
  }
  const timer = setTimeout(() => fail(`it took longer than ${seconds} seconds`), seconds * 1000);
  child.stdio[4].on('data', data => {
    const messages = (buffered + data).split('\0');
    buffered = messages.pop();
    for (const message of messages.map(text => JSON.parse(text))) {
      const call = waiting.get(message.id);
      waiting.delete(message.id);
      if (call && message.error) call.reject(new Error(message.error.message));
      else if (call) call.resolve(message.result);
    }
  });
  function send(method, params = {}) {
    const id = ++number;
    child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: session })}\0`);
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }
  async function evaluate(expression) {
    const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(`${expression.slice(0, 300)}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    return result.value;
  }
  const ended = new Promise(resolve => child.on('exit', resolve));
  /// Ends the browser, which writes into its profile until then.
  async function close() {
    clearTimeout(timer);
    await Promise.race([ended, send('Browser.close').catch(() => {})]);
    await ended;
  }
  const { targetInfos } = await send('Target.getTargets');
  const page = targetInfos.find(target => target.type === 'page');
  session = (await send('Target.attachToTarget', { targetId: page.targetId, flatten: true })).sessionId;
  return { send, evaluate, close, fail };
}
