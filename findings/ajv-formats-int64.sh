#!/usr/bin/env bash
# ajv-formats checks the range of `int32` and not that of `int64`.
#
# The OpenAPI format registry defines int64 as a signed 64-bit integer, so 2^63 and anything beyond is outside of it,
# as 2^31 is outside of int32. ajv-formats 3.0.1 refuses 2^31 for int32, and takes 1e19 and 1e300 for int64: it asks
# only for a whole number. What JSON had between the doubles was rounded before it looked. A gateway in front of a
# Java, Go or Rust service passes values that the service cannot hold.
# Here both formats are ranges, compared digit by digit as they came (codegen/runtime/src/json/number.rs, and the
# golden test codegen/tests/golden/tests/it/exact.rs).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . ajv@8.20.0 ajv-formats@3.0.1
node - <<'JS'
const Ajv = require('ajv');
const ajv = new Ajv();
require('ajv-formats')(ajv);

const judge = (format, value) => ajv.validate({ type: 'integer', format }, value);
const seen = {
  'int32, 2147483647': judge('int32', 2147483647),
  'int32, 2147483648': judge('int32', 2147483648),
  'int64, 10000000000000000000': judge('int64', JSON.parse('10000000000000000000')),
  'int64, 1e300': judge('int64', JSON.parse('1e300')),
};
for (const [what, valid] of Object.entries(seen)) {
  console.log(`ajv-formats 3.0.1: ${what}: ${valid ? 'valid' : 'invalid'}`);
}
if (Object.values(seen).join() !== 'true,false,true,true') {
  console.error('changed: ajv-formats checks the ranges of integers otherwise now');
  process.exit(1);
}
JS
