#!/usr/bin/env bash
# aws-jwt-verify refuses every token without `kid`, also where the issuer has one key alone.
#
# RFC 7515 makes the header `kid` optional (section 4.1.4): a hint for choosing among keys. With one key in the JWKS
# there is nothing to choose, and jose 6.2.18 verifies the token. aws-jwt-verify 5.2.1, AWS' own library, says that
# the header has no valid kid claim, before it looks at the keys. An issuer with one key, as many small ones are,
# works with other libraries and not with the one that AWS advises.
# Here a token without `kid` is taken where exactly one key fits its algorithm: Keys::find in
# codegen/runtime/src/authorizer/keys.rs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-fund --no-audit --ignore-scripts --prefix . aws-jwt-verify@5.2.1 jose@6.2.18
node --input-type=module - <<'JS'
import { JwtVerifier } from 'aws-jwt-verify';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';

const issuer = 'https://issuer.example', audience = 'orders';
const { publicKey, privateKey } = await generateKeyPair('RS256');
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'key-1', use: 'sig', alg: 'RS256' }] };
const token = (header) => new SignJWT({ sub: 'customer-1' })
  .setProtectedHeader({ alg: 'RS256', ...header })
  .setIssuer(issuer).setAudience(audience).setExpirationTime('5m')
  .sign(privateKey);

const verifier = JwtVerifier.create({ issuer, audience });
verifier.cacheJwks(jwks);
const outcome = async (verify) => {
  try {
    await verify();
    return 'taken';
  } catch ({ message }) {
    return message;
  }
};
const [named, unnamed] = [await token({ kid: 'key-1' }), await token({})];
const seen = [
  await outcome(() => verifier.verify(named)),
  await outcome(() => verifier.verify(unnamed)),
  await outcome(() => jwtVerify(unnamed, createLocalJWKSet(jwks), { issuer, audience })),
];
console.log(`aws-jwt-verify 5.2.1, with kid: ${seen[0]}`);
console.log(`aws-jwt-verify 5.2.1, without, one key in the JWKS: ${seen[1]}`);
console.log(`jose 6.2.18, without, one key in the JWKS: ${seen[2]}`);
if (seen.join('|') !== 'taken|JWT header does not have valid kid claim|taken') {
  console.error('changed: a library treats tokens without kid otherwise now');
  process.exit(1);
}
JS
