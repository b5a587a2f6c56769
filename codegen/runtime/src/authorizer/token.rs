//! A JSON Web Token, and every check of it (RFC 7519, RFC 8725).
//!
//! Owns which tokens are taken. What is checked is decided here, claim by claim, because no two libraries agree on their
//! defaults:
//!
//! - `alg` is one of those that the key's type allows. `none` and HMAC are never taken: a public key is no secret.
//! - `kid` names the key; a token without one is taken where one key alone fits.
//! - `exp` must be there. `exp`, `nbf` and `iat` may have a fraction, and may be wrong by the leeway.
//! - `iss` must be the scheme's issuer, `aud` must name one of its audiences.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::keys::{Key, Keys, algorithm};

/// The longest token that is read, in bytes. API Gateway takes headers of 10,240 bytes in all.
const MAX_BYTES: usize = 10_240;

/// What a token of a scheme must say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    /// `iss`
    pub(super) issuer: String,
    /// `aud`: one of these.
    pub(super) audiences: Vec<String>,
    /// How far clocks may differ, in seconds.
    pub(super) leeway_seconds: u32,
}

/// Why a token is refused: for the log. A client learns only that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is no token, or too long.
    Malformed(&'static str),
    /// Its algorithm is not one of those that a public key verifies.
    Algorithm,
    /// It has an extension that must be understood (`crit`).
    Critical,
    /// No key of the issuer fits it.
    UnknownKey,
    /// Its signature is not the issuer's.
    Signature,
    /// A claim is missing.
    Missing(&'static str),
    /// A claim does not say what it must.
    Claim(&'static str),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(what) => write!(f, "the token is malformed: {what}"),
            Self::Algorithm => f.write_str("the algorithm of the token is not allowed"),
            Self::Critical => f.write_str("the token has a critical extension"),
            Self::UnknownKey => f.write_str("the issuer has no key for the token"),
            Self::Signature => f.write_str("the signature of the token is wrong"),
            Self::Missing(claim) => write!(f, "the claim `{claim}` is missing"),
            Self::Claim(claim) => write!(f, "the claim `{claim}` does not hold"),
        }
    }
}

/// A token taken apart. Nothing in it can be trusted before [`Token::verify`].
pub(super) struct Token<'t> {
    signed: &'t str,
    signature: Vec<u8>,
    algorithm: String,
    key_id: Option<String>,
    claims: Map<String, Value>,
}

impl<'t> Token<'t> {
    /// Takes a token apart.
    pub(super) fn parse(text: &'t str) -> Result<Self, Refused> {
        if text.len() > MAX_BYTES {
            return Err(Refused::Malformed("it is too long"));
        }
        let (signed, signature) =
            text.rsplit_once('.').ok_or(Refused::Malformed("it has no signature"))?;
        let (header, claims) = signed
            .split_once('.')
            .filter(|(_, claims)| !claims.contains('.'))
            .ok_or(Refused::Malformed("it does not have three parts"))?;
        let header = object(header).ok_or(Refused::Malformed("its header is no JSON object"))?;
        let claims = object(claims).ok_or(Refused::Malformed("its claims are no JSON object"))?;
        if header.contains_key("crit") {
            return Err(Refused::Critical);
        }
        let text = |name: &str| header.get(name).and_then(Value::as_str).map(str::to_owned);
        let named = text("alg").ok_or(Refused::Algorithm)?;
        if algorithm(&named).is_none() {
            return Err(Refused::Algorithm);
        }
        let signature = URL_SAFE_NO_PAD.decode(signature);
        let signature =
            signature.map_err(|_| Refused::Malformed("its signature is not base64url"))?;
        Ok(Self { signed, signature, algorithm: named, key_id: text("kid"), claims })
    }

    /// The issuer that the token names, which nothing has proved yet.
    pub(super) fn claimed_issuer(&self) -> Option<&str> {
        self.claims.get("iss").and_then(Value::as_str)
    }

    /// The key that the token asks for.
    pub(super) fn key<'k>(&self, keys: &'k Keys) -> Result<&'k Key, Refused> {
        keys.find(self.key_id.as_deref(), &self.algorithm).ok_or(Refused::UnknownKey)
    }

    /// Verifies the signature, then each claim; `now` is in seconds since 1970.
    pub(super) fn verify(
        self,
        keys: &Keys,
        expected: &Expected,
        now: f64,
    ) -> Result<Map<String, Value>, Refused> {
        let key = self.key(keys)?;
        if !key.verifies(&self.algorithm, self.signed.as_bytes(), &self.signature) {
            return Err(Refused::Signature);
        }
        check_times(&self.claims, expected.leeway_seconds, now)?;
        check_issuer(&self.claims, expected)?;
        check_audience(&self.claims, expected)?;
        Ok(self.claims)
    }
}

/// A part of a token: base64url of a JSON object.
fn object(part: &str) -> Option<Map<String, Value>> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// `exp`, `nbf` and `iat` (RFC 7519, section 4.1): numbers of seconds, with a fraction where they have one.
fn check_times(claims: &Map<String, Value>, leeway: u32, now: f64) -> Result<(), Refused> {
    let leeway = f64::from(leeway);
    let time = |name: &'static str| match claims.get(name) {
        None => Ok(None),
        Some(value) => value.as_f64().map(Some).ok_or(Refused::Claim(name)),
    };
    let expires = time("exp")?.ok_or(Refused::Missing("exp"))?;
    // On or after the time it must not be accepted.
    if now >= expires + leeway {
        return Err(Refused::Claim("exp"));
    }
    for name in ["nbf", "iat"] {
        if time(name)?.is_some_and(|since| since > now + leeway) {
            return Err(Refused::Claim(name));
        }
    }
    Ok(())
}

fn check_issuer(claims: &Map<String, Value>, expected: &Expected) -> Result<(), Refused> {
    let issuer = claims.get("iss").ok_or(Refused::Missing("iss"))?;
    match issuer.as_str() == Some(expected.issuer.as_str()) {
        true => Ok(()),
        false => Err(Refused::Claim("iss")),
    }
}

/// `aud` names one of the audiences. An access token of Amazon Cognito has `client_id` in its place.
fn check_audience(claims: &Map<String, Value>, expected: &Expected) -> Result<(), Refused> {
    let is_cognito = expected.issuer.starts_with("https://cognito-idp.");
    let own = claims.get("aud");
    let audience = own.or_else(|| claims.get("client_id").filter(|_| is_cognito));
    let audience = audience.ok_or(Refused::Missing("aud"))?;
    let is_ours = |value: &Value| {
        value.as_str().is_some_and(|text| expected.audiences.iter().any(|one| one == text))
    };
    let fits = match audience {
        Value::Array(values) => values.iter().any(is_ours),
        one => is_ours(one),
    };
    if fits { Ok(()) } else { Err(Refused::Claim("aud")) }
}

/// The scopes of a token: the named claim, or else `scope` and `scp`; text with spaces between, or a list.
pub(super) fn scopes(claims: &Map<String, Value>, named: Option<&str>) -> Vec<String> {
    let names = named.map_or_else(|| vec!["scope", "scp"], |name| vec![name]);
    let mut scopes: Vec<String> = Vec::new();
    for value in names.into_iter().filter_map(|name| claims.get(name)) {
        match value {
            Value::String(text) => scopes.extend(text.split_whitespace().map(str::to_owned)),
            Value::Array(values) => {
                scopes.extend(values.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            _ => {}
        }
    }
    scopes.sort();
    scopes.dedup();
    scopes
}

#[cfg(test)]
pub(super) mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use aws_lc_rs::signature::Ed25519KeyPair;
    use serde_json::json;

    use super::*;

    /// The private key of RFC 8032, section 7.1, test 1, as PKCS #8 (RFC 8410), and its public half as a JWK.
    const SECRET: &str = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
    const PUBLIC: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    pub(in crate::authorizer) fn jwk(kid: Option<&str>) -> Value {
        let mut jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": PUBLIC});
        if let Some(kid) = kid {
            jwk["kid"] = kid.into();
        }
        jwk
    }

    pub(in crate::authorizer) fn mint(header: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(header), part(claims));
        let der = base64::engine::general_purpose::STANDARD.decode(SECRET).unwrap();
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(pair.sign(signed.as_bytes())))
    }

    const NOW: f64 = 1_800_000_000.0;

    fn claims() -> Value {
        json!({"iss": "https://issuer", "aud": "shop", "sub": "anna", "exp": 1_800_000_300, "iat": 1_799_999_990})
    }

    fn verified(token: &str, keys: &Value) -> Result<Map<String, Value>, Refused> {
        let expected = Expected {
            issuer: "https://issuer".to_owned(),
            audiences: vec!["shop".to_owned(), "app".to_owned()],
            leeway_seconds: 60,
        };
        Token::parse(token)?.verify(&Keys::of(keys), &expected, NOW)
    }

    fn one_key() -> Value {
        json!({"keys": [jwk(Some("a"))]})
    }

    #[track_caller]
    fn check_claims(change: Value, expected: Result<(), Refused>) {
        let mut claims = claims();
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => claims.as_object_mut().unwrap().remove(name),
                value => claims.as_object_mut().unwrap().insert(name.clone(), value.clone()),
            };
        }
        let token = mint(&json!({"alg": "EdDSA", "kid": "a"}), &claims);
        assert_eq!(verified(&token, &one_key()).map(drop), expected, "{change}");
    }

    #[track_caller]
    fn check_header(header: Value, keys: Value, expected: Result<(), Refused>) {
        let token = mint(&header, &claims());
        assert_eq!(verified(&token, &keys).map(drop), expected, "{header} {keys}");
    }

    #[test]
    fn times_are_checked_within_the_leeway() {
        check_claims(json!({}), Ok(()));
        check_claims(json!({"exp": NOW - 59.5}), Ok(()));
        check_claims(json!({"exp": NOW - 60.0}), Err(Refused::Claim("exp")));
        check_claims(json!({"exp": null}), Err(Refused::Missing("exp")));
        check_claims(json!({"exp": "soon"}), Err(Refused::Claim("exp")));
        check_claims(json!({"iat": NOW + 60.0, "nbf": NOW + 60.0}), Ok(()));
        check_claims(json!({"iat": NOW + 60.5}), Err(Refused::Claim("iat")));
        check_claims(json!({"nbf": NOW + 120.0}), Err(Refused::Claim("nbf")));
        check_claims(json!({"iat": null}), Ok(()));
    }

    #[test]
    fn issuer_and_audience_must_be_ours() {
        check_claims(json!({"iss": "https://issuer/"}), Err(Refused::Claim("iss")));
        check_claims(json!({"iss": null}), Err(Refused::Missing("iss")));
        check_claims(json!({"aud": ["other", "app"]}), Ok(()));
        check_claims(json!({"aud": "other"}), Err(Refused::Claim("aud")));
        check_claims(json!({"aud": []}), Err(Refused::Claim("aud")));
        check_claims(json!({"aud": null}), Err(Refused::Missing("aud")));
        check_claims(json!({"aud": null, "client_id": "shop"}), Err(Refused::Missing("aud")));
    }

    #[test]
    fn the_header_cannot_choose_another_check() {
        check_header(json!({"alg": "EdDSA", "kid": "a"}), one_key(), Ok(()));
        check_header(json!({"alg": "Ed25519", "kid": "a"}), one_key(), Ok(()));
        check_header(json!({"alg": "EdDSA"}), one_key(), Ok(()));
        let two = json!({"keys": [jwk(Some("a")), jwk(Some("b"))]});
        check_header(json!({"alg": "EdDSA"}), two, Err(Refused::UnknownKey));
        check_header(json!({"alg": "EdDSA", "kid": "c"}), one_key(), Err(Refused::UnknownKey));
        for alg in ["none", "None", "HS256", "HS512", "RS1", ""] {
            check_header(json!({"alg": alg, "kid": "a"}), one_key(), Err(Refused::Algorithm));
        }
        // A key of another type than the algorithm asks for.
        check_header(json!({"alg": "RS256", "kid": "a"}), one_key(), Err(Refused::UnknownKey));
        check_header(json!({"alg": "EdDSA", "crit": ["b64"]}), one_key(), Err(Refused::Critical));
        let secret = json!({"keys": [{"kty": "oct", "k": PUBLIC, "kid": "a"}]});
        check_header(json!({"alg": "EdDSA", "kid": "a"}), secret, Err(Refused::UnknownKey));
        let for_encryption =
            json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "x": PUBLIC, "use": "enc"}]});
        check_header(json!({"alg": "EdDSA"}), for_encryption, Err(Refused::UnknownKey));
    }

    #[test]
    fn what_was_changed_or_is_no_token_is_refused() {
        let token = mint(&json!({"alg": "EdDSA", "kid": "a"}), &claims());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (header, _) = signed.split_once('.').unwrap();
        let forged = URL_SAFE_NO_PAD.encode(claims().to_string().replace("anna", "bert"));
        let forged = format!("{header}.{forged}.{signature}");
        assert_eq!(verified(&forged, &one_key()), Err(Refused::Signature));
        assert_eq!(verified(&format!("{signed}."), &one_key()), Err(Refused::Signature));
        for text in
            ["", "a.b", "a.b.c", "..", "e30.e30.", &format!("{token}.x"), &"a".repeat(20_000)]
        {
            assert!(verified(text, &one_key()).is_err(), "{text}");
        }
    }

    #[test]
    fn scopes_are_text_or_a_list() {
        let of = |claims: Value, named| scopes(claims.as_object().unwrap(), named);
        assert_eq!(of(json!({"scope": "b a  a"}), None), ["a", "b"]);
        assert_eq!(of(json!({"scp": ["a", "b"]}), None), ["a", "b"]);
        assert_eq!(of(json!({"scp": "a"}), None), ["a"]);
        assert_eq!(of(json!({"permissions": ["a"], "scope": "b"}), Some("permissions")), ["a"]);
        assert!(of(json!({"scope": 1}), None).is_empty());
    }
}
