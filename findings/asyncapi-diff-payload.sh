#!/usr/bin/env bash
# AsyncAPI's own comparison of documents has no opinion about payloads.
#
# @asyncapi/diff sorts the changes between two documents into breaking, non-breaking and unclassified. One expects it
# to call it breaking when a field of a payload turns from text into a number, or when one disappears: its readers
# fail. Version 0.5.0 finds both and calls them unclassified, like a changed description, while a renamed channel
# address is breaking. So a pipeline that fails on `breaking()` lets the changes of messages pass, which are most of
# the changes.
# Here events are compared by what their consumers read, direction included: codegen/src/compat, with the cases in
# codegen/tests/cases/compat.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @asyncapi/diff@0.5.0
node --input-type=module - <<'JS'
import asyncapiDiff from '@asyncapi/diff';

const document = (properties, address = 'orders') => ({
  asyncapi: '3.0.0',
  info: { title: 'Orders', version: '1.0.0' },
  channels: { orders: { address, messages: { placed: { payload: { type: 'object', properties } } } } },
});
const compare = (before, after) => {
  const found = asyncapiDiff.diff(before, after);
  return found.breaking().length > 0 ? 'breaking' : found.unclassified().length > 0 ? 'unclassified' : 'safe';
};

const text = { id: { type: 'string' } };
const seen = {
  'a field turns from text into a number': compare(document(text), document({ id: { type: 'integer' } })),
  'a field disappears': compare(document({ ...text, total: { type: 'number' } }), document(text)),
  'the channel has another address': compare(document(text), document(text, 'orders-2')),
};
for (const [change, verdict] of Object.entries(seen)) console.log(`@asyncapi/diff 0.5.0: ${change}: ${verdict}`);
if (Object.values(seen).join() !== 'unclassified,unclassified,breaking') {
  console.error('changed: @asyncapi/diff judges otherwise now');
  process.exit(1);
}
JS
