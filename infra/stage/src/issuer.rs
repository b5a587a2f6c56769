//! An issuer of tokens on this machine, for stages and their callers.
//!
//! Its key is made for the stage, or for the project in a file that only its owner reads and that no repository holds.
//! A stage publishes the public half at its AWS endpoint, and tells functions of the place by `JWKS_ENDPOINT_URL`, as it
//! tells them of AWS by `AWS_ENDPOINT_URL`. Nothing that is deployed trusts it.

use std::fmt;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _,
    UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

/// Where the keys are published, below the AWS endpoint.
pub(crate) const JWKS_PATH: &str = "/_stage/jwks.json";

/// Why an issuer has no key.
#[derive(Debug, thiserror::Error)]
pub enum IssuerError {
    /// The file cannot be read or written.
    #[error("cannot use {} for the key of the local issuer", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file holds no key.
    #[error("{} holds no key of a local issuer; remove it, and a new one is made", .0.display())]
    NoKey(PathBuf),
    /// The machine has no randomness.
    #[error("no key can be made")]
    Generate,
}

/// An issuer: signs tokens, and tells its own from others.
#[derive(Clone)]
pub struct Issuer {
    pair: Arc<EcdsaKeyPair>,
    id: String,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Issuer {
    /// An issuer with a key of its own, which nobody else ever has.
    ///
    /// # Errors
    /// The machine has no randomness.
    pub fn generate() -> Result<Self, IssuerError> {
        Self::of_pkcs8(&new_key()?).ok_or(IssuerError::Generate)
    }

    /// The issuer whose key a file holds; the file is made where there is none, for its owner alone.
    ///
    /// # Errors
    /// The file cannot be used, or holds something else.
    pub fn of_file(path: &Path) -> Result<Self, IssuerError> {
        let failed = |source| IssuerError::File { path: path.to_owned(), source };
        let read = || crate::given::bytes(path);
        let bytes = match read() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                if let Some(folder) = path.parent() {
                    std::fs::create_dir_all(folder).map_err(failed)?;
                }
                match write_new(path, &new_key()?) {
                    // Somebody else made it in the meantime.
                    Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                        return Err(failed(error));
                    }
                    _ => read().map_err(failed)?,
                }
            }
            Err(error) => return Err(failed(error)),
        };
        Self::of_pkcs8(&bytes).ok_or_else(|| IssuerError::NoKey(path.to_owned()))
    }

    fn of_pkcs8(bytes: &[u8]) -> Option<Self> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, bytes).ok()?;
        let print = digest(&SHA256, pair.public_key().as_ref());
        let id = URL_SAFE_NO_PAD.encode(&print.as_ref()[..12]);
        Some(Self { pair: Arc::new(pair), id })
    }

    /// A token with these claims, as they are.
    ///
    /// # Errors
    /// The machine has no randomness.
    pub fn mint(&self, claims: &Value) -> Result<String, IssuerError> {
        let header = json!({ "alg": "ES256", "kid": self.id, "typ": "JWT" });
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&header), part(claims));
        let signature = self.pair.sign(&SystemRandom::new(), signed.as_bytes());
        let signature = signature.map_err(|_| IssuerError::Generate)?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// The public key, as a set (RFC 7517).
    #[must_use]
    pub fn jwks(&self) -> Value {
        let point = self.pair.public_key().as_ref();
        // An uncompressed point: a mark, then both coordinates.
        let (x, y) = point[1..].split_at(32);
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        json!({ "keys": [{
            "kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": self.id, "x": text(x), "y": text(y),
        }] })
    }

    /// Whether this issuer signed a token.
    #[must_use]
    pub fn has_signed(&self, token: &str) -> bool {
        self.claims(token).is_some()
    }

    /// The claims of a token that this issuer signed; none of any other.
    pub(crate) fn claims(&self, token: &str) -> Option<Map<String, Value>> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (_, claims) = signed.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, self.pair.public_key().as_ref());
        key.verify(signed.as_bytes(), &signature).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }
}

fn new_key() -> Result<Vec<u8>, IssuerError> {
    let random = SystemRandom::new();
    let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random);
    key.map(|key| key.as_ref().to_vec()).map_err(|_| IssuerError::Generate)
}

/// Makes a file that is never seen in part: it is written under another name first, where links can be made.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let draft = path.with_extension(crate::ids::uuid().to_string());
    let written = write(&draft, bytes).and_then(|()| std::fs::hard_link(&draft, path));
    // What is left of a draft hurts nobody.
    let _ = std::fs::remove_file(&draft);
    match written {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => write(path, bytes),
        written => written,
    }
}

/// Writes a file that is not there, for its owner alone.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn only_its_own_tokens_have_claims() {
        let (issuer, other) = (Issuer::generate().unwrap(), Issuer::generate().unwrap());
        let token = issuer.mint(&json!({ "sub": "anna" })).unwrap();
        assert_eq!(issuer.claims(&token).unwrap()["sub"], "anna");
        assert_eq!(other.claims(&token), None);
        assert_eq!(issuer.claims("a.b.c"), None);
    }

    #[test]
    fn stages_that_start_at_once_have_one_key() {
        for _ in 0..20 {
            let folder = crate::scratch::Scratch::new().unwrap();
            let path = folder.path().join("issuer.key");
            let start = std::sync::Barrier::new(8);
            let make = || {
                start.wait();
                Issuer::of_file(&path).unwrap()
            };
            let issuers: Vec<Issuer> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..8).map(|_| scope.spawn(make)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            assert!(issuers.iter().all(|issuer| issuer.id == issuers[0].id));
        }
    }

    #[test]
    fn a_file_keeps_the_key_for_its_owner() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = crate::scratch::Scratch::new().unwrap();
        let path = folder.path().join("made").join("issuer.key");
        let token = Issuer::of_file(&path).unwrap().mint(&json!({ "sub": "a" })).unwrap();
        assert!(Issuer::of_file(&path).unwrap().claims(&token).is_some());
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        // It is alone there: what else a folder holds is not for the issuer to say.
        assert_eq!(path.parent().unwrap().read_dir().unwrap().count(), 1);
        std::fs::write(&path, "nonsense").unwrap();
        assert!(matches!(Issuer::of_file(&path), Err(IssuerError::NoKey(_))));
    }
}
