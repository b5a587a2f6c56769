#!/usr/bin/env bash
# AsyncAPI's parser compares a message's examples with its payload in version 2, and no longer in version 3.
#
# Both versions of the specification say that the payload of a message example must validate against the message's
# payload. The parser reports an example that does not for a document of 2.6.0. @asyncapi/parser 3.6.6 passes the same
# message in a document of 3.1.0 without a word. A document that is converted to version 3 keeps its green check and
# loses what was checked; examples are what people copy and what mock servers answer.
# Here an example that does not fit is found where it stands (`bad-example`, codegen/src/diag/catalog), for messages
# of AsyncAPI 3 too; codegen/tests/cases/diagnostics/bad-example.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @asyncapi/parser@3.6.6
node --input-type=module - <<'JS'
import { Parser } from '@asyncapi/parser';

const errors = async (document) => {
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  return diagnostics.filter(({ severity }) => severity === 0).map(({ code, message }) => `${code}: ${message}`);
};

const message = {
  payload: { type: 'object', properties: { orderId: { type: 'string' } } },
  examples: [{ payload: { orderId: 5 } }],
};
const info = { title: 'Orders', version: '1.0.0' };
const two = await errors({ asyncapi: '2.6.0', info, channels: { orders: { publish: { message } } } });
const three = await errors({
  asyncapi: '3.1.0', info, channels: { orders: { address: 'orders', messages: { placed: message } } },
});

for (const [version, found] of [['2.6.0', two], ['3.1.0', three]]) {
  console.log(`@asyncapi/parser 3.6.6, AsyncAPI ${version}: ${found[0] ?? 'no error'}`);
}
if (two.length === 0 || three.length > 0) {
  console.error('changed: the parser treats examples otherwise now');
  process.exit(1);
}
JS
