#!/usr/bin/env bash
# AsyncAPI's parser refuses the current version of the SQS binding, and passes misspelt keys of a queue.
#
# The bindings repository of AsyncAPI has the SQS binding at 0.3.0, and @asyncapi/specs 6.11.1, which the parser
# installs for its schemas, ships the schemas of that version. So one expects a channel that says bindingVersion 0.3.0
# to pass, and a key that the binding does not define to be named, as it is beside `queue`. @asyncapi/parser 3.6.6
# calls "0.2.0" the only allowed version. Within `queue` it checks types, and any other key passes: `visibiltyTimeout`
# leaves the queue with the default timeout and nobody is told.
# Here both versions are read and an unknown key of a queue is an error with its place and the nearest name:
# codegen/src/parse/keywords/asyncapi.rs. The project's own contracts name 0.2.0, so that the parser takes them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . @asyncapi/parser@3.6.6 @asyncapi/specs@6.11.1
node --input-type=module - <<'JS'
import { existsSync } from 'node:fs';
import { Parser } from '@asyncapi/parser';

const errors = async (binding) => {
  const document = {
    asyncapi: '3.1.0',
    info: { title: 'Orders', version: '1.0.0' },
    channels: { orders: { address: 'orders', bindings: { sqs: binding } } },
  };
  const { diagnostics } = await new Parser().parse(JSON.stringify(document));
  return diagnostics.filter(({ severity }) => severity === 0).map(({ message }) => message);
};

const queue = { name: 'orders', fifoQueue: false };
const shipped = existsSync('node_modules/@asyncapi/specs/bindings/sqs/0.3.0/channel.json');
const current = await errors({ queue, bindingVersion: '0.3.0' });
const misspelt = await errors({ queue: { ...queue, visibiltyTimeout: 60 }, bindingVersion: '0.2.0' });
const beside = await errors({ queue, deadLeterQueue: queue, bindingVersion: '0.2.0' });

const parser = '@asyncapi/parser 3.6.6';
console.log(`@asyncapi/specs 6.11.1 ships schemas of the SQS binding 0.3.0: ${shipped}`);
console.log(`${parser}, bindingVersion 0.3.0: ${current[0] ?? 'passes'}`);
console.log(`${parser}, an unknown key in a queue: ${misspelt[0] ?? 'passes'}`);
console.log(`${parser}, an unknown key beside it: ${beside[0] ?? 'passes'}`);
if (!shipped || current.length === 0 || misspelt.length > 0 || beside.length === 0) {
  console.error('changed: the parser reads the SQS binding otherwise now');
  process.exit(1);
}
JS
