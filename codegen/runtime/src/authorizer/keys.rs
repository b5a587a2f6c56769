//! The keys of an issuer: a JSON Web Key Set (RFC 7517), and which algorithms each key may verify.
//!
//! Signatures are verified by the library that does TLS anyway; no other is built for it.

use aws_lc_rs::signature::{
    self, ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// An algorithm that is taken, with the kind of key that it takes (RFC 7518, RFC 8037, RFC 9864).
#[derive(Clone, Copy)]
pub(super) enum Algorithm {
    Rsa(&'static RsaParameters),
    P256,
    P384,
    Ed25519,
}

/// The algorithm of a name; none for one that is not allowed. Keys of RSA have 2048 to 8192 bits.
pub(super) fn algorithm(name: &str) -> Option<Algorithm> {
    Some(match name {
        "RS256" => Algorithm::Rsa(&signature::RSA_PKCS1_2048_8192_SHA256),
        "RS384" => Algorithm::Rsa(&signature::RSA_PKCS1_2048_8192_SHA384),
        "RS512" => Algorithm::Rsa(&signature::RSA_PKCS1_2048_8192_SHA512),
        "PS256" => Algorithm::Rsa(&signature::RSA_PSS_2048_8192_SHA256),
        "PS384" => Algorithm::Rsa(&signature::RSA_PSS_2048_8192_SHA384),
        "PS512" => Algorithm::Rsa(&signature::RSA_PSS_2048_8192_SHA512),
        "ES256" => Algorithm::P256,
        "ES384" => Algorithm::P384,
        "EdDSA" | "Ed25519" => Algorithm::Ed25519,
        _ => return None,
    })
}

/// A public key.
pub(super) struct Key {
    id: Option<String>,
    /// The one algorithm that the issuer means it for, where it says so.
    only: Option<String>,
    public: Public,
}

/// What a public key is made of, which decides what it verifies.
enum Public {
    Rsa {
        n: Vec<u8>,
        e: Vec<u8>,
    },
    /// An uncompressed point.
    P256(Vec<u8>),
    P384(Vec<u8>),
    Ed25519(Vec<u8>),
}

impl Key {
    /// A key as the set writes it; none for one that verifies nothing that is taken: a secret, a key for encryption,
    /// an unknown curve.
    fn of(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let bytes = |name: &str| URL_SAFE_NO_PAD.decode(text(name)?.trim_end_matches('=')).ok();
        if text("use").is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let public = match (text("kty")?, text("crv")) {
            ("RSA", _) => Public::Rsa { n: bytes("n")?, e: bytes("e")? },
            ("EC", Some("P-256")) => Public::P256(point(&bytes("x")?, &bytes("y")?, 32)?),
            ("EC", Some("P-384")) => Public::P384(point(&bytes("x")?, &bytes("y")?, 48)?),
            ("OKP", Some("Ed25519")) => Public::Ed25519(bytes("x")?),
            _ => return None,
        };
        let owned = |name: &str| text(name).map(str::to_owned);
        Some(Self { id: owned("kid"), only: owned("alg"), public })
    }

    /// Whether the key may verify an algorithm.
    fn fits(&self, name: &str) -> bool {
        // Two names of one algorithm.
        let same = |other: &str| {
            other == name
                || [other, name] == ["EdDSA", "Ed25519"]
                || [name, other] == ["EdDSA", "Ed25519"]
        };
        let kind = matches!(
            (algorithm(name), &self.public),
            (Some(Algorithm::Rsa(_)), Public::Rsa { .. })
                | (Some(Algorithm::P256), Public::P256(_))
                | (Some(Algorithm::P384), Public::P384(_))
                | (Some(Algorithm::Ed25519), Public::Ed25519(_))
        );
        kind && self.only.as_deref().is_none_or(same)
    }

    /// Whether a signature is of this key, by an algorithm that fits it.
    pub(super) fn verifies(&self, name: &str, message: &[u8], signature: &[u8]) -> bool {
        match (algorithm(name), &self.public) {
            (Some(Algorithm::Rsa(parameters)), Public::Rsa { n, e }) => {
                RsaPublicKeyComponents { n, e }.verify(parameters, message, signature).is_ok()
            }
            (Some(Algorithm::P256), Public::P256(point)) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point)
                    .verify(message, signature)
                    .is_ok()
            }
            (Some(Algorithm::P384), Public::P384(point)) => {
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, point)
                    .verify(message, signature)
                    .is_ok()
            }
            (Some(Algorithm::Ed25519), Public::Ed25519(x)) => {
                UnparsedPublicKey::new(&ED25519, x).verify(message, signature).is_ok()
            }
            _ => false,
        }
    }
}

/// An uncompressed point of a curve; leading zeros that an issuer left out are put back.
fn point(x: &[u8], y: &[u8], n_bytes: usize) -> Option<Vec<u8>> {
    let mut point = vec![4];
    for coordinate in [x, y] {
        let missing = n_bytes.checked_sub(coordinate.len())?;
        point.extend(std::iter::repeat_n(0, missing));
        point.extend(coordinate);
    }
    Some(point)
}

/// The keys of an issuer.
#[derive(Default)]
pub(super) struct Keys(Vec<Key>);

impl Keys {
    /// The keys of a set. A key that is not understood is passed over (RFC 7517, section 5).
    pub(super) fn of(set: &Value) -> Self {
        let keys = set.get("keys").and_then(Value::as_array).into_iter().flatten();
        Self(keys.filter_map(Key::of).collect())
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key with an id; without one, the only key that verifies the algorithm.
    pub(super) fn find(&self, id: Option<&str>, algorithm: &str) -> Option<&Key> {
        let mut fitting = self
            .0
            .iter()
            .filter(|key| key.fits(algorithm) && (id.is_none() || key.id.as_deref() == id));
        let first = fitting.next()?;
        match (id, fitting.next()) {
            (None, Some(_)) => None,
            _ => Some(first),
        }
    }
}
