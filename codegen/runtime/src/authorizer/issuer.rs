//! Where an issuer's keys come from, and how long they are kept.
//!
//! Keys are read once and verify every token after that, so a request costs no call. They are read again after an hour,
//! and earlier when a token names a key that is not among them: issuers rotate keys. Tokens of strangers must not make
//! that happen at will, so there is a pause between two readings. While an issuer does not answer, the keys that are
//! there stay in use; where there are none yet, requests fail at once until a short pause is over, so that one request
//! waits for the issuer and not each of them.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::keys::Keys;
use crate::client::{Http, HttpRequest, Transport as _, TransportError};

/// How long keys are used before they are read again.
const FRESH: Duration = Duration::from_secs(3_600);

/// The pause between two readings.
const PAUSE: Duration = Duration::from_secs(30);

/// The pause after a failed reading while there are no keys at all: nobody gets in before the next one.
const PAUSE_WITHOUT_KEYS: Duration = Duration::from_secs(5);

/// How long one answer may take; a reading asks for one, or for two where it begins with the discovery document.
const TIMEOUT: Duration = Duration::from_secs(3);

/// Why keys could not be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum KeysError {
    /// The place is no URL, or one without TLS that is not on this machine.
    #[error("keys are read by `https:` only")]
    Insecure,
    /// Nothing answered.
    #[error("the keys cannot be read")]
    Transport(#[from] TransportError),
    /// The answer is no success.
    #[error("the keys cannot be read: status {0}")]
    Status(u16),
    /// The answer is no set of keys that can be used.
    #[error("the answer holds {0}")]
    Answer(&'static str),
    /// Reading them failed just now.
    #[error("the keys could not be read just now; they are asked for again in {} s", .0.as_secs() + 1)]
    Paused(Duration),
}

/// The keys of one issuer.
pub(super) struct Issuer {
    /// `iss`
    name: String,
    /// The URL of the keys; the issuer's discovery document names it otherwise.
    jwks: Option<String>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    keys: Arc<Keys>,
    read: Option<Instant>,
    tried: Option<Instant>,
}

impl Issuer {
    pub(super) fn new(name: String, jwks: Option<String>) -> Self {
        Self { name, jwks, kept: Mutex::default() }
    }

    /// The keys as they are known, read where they are not or are old.
    pub(super) async fn keys(&self) -> Result<Arc<Keys>, KeysError> {
        let mut kept = self.kept.lock().await;
        if kept.read.is_some_and(|read| read.elapsed() < FRESH) {
            return Ok(Arc::clone(&kept.keys));
        }
        // An issuer that is down is not waited for by every request.
        let since = kept.tried.map_or(Duration::MAX, |tried| tried.elapsed());
        if !kept.keys.is_empty() && since < PAUSE {
            return Ok(Arc::clone(&kept.keys));
        }
        if kept.keys.is_empty() && since < PAUSE_WITHOUT_KEYS {
            return Err(KeysError::Paused(PAUSE_WITHOUT_KEYS - since));
        }
        let outcome = self.refresh(&mut kept).await;
        match outcome {
            Err(error) if kept.keys.is_empty() => Err(error),
            _ => Ok(Arc::clone(&kept.keys)),
        }
    }

    /// The keys read again, because a token names one that is not among them; none when they were read just now.
    pub(super) async fn newer_keys(&self) -> Option<Arc<Keys>> {
        let mut kept = self.kept.lock().await;
        if kept.tried.is_some_and(|tried| tried.elapsed() < PAUSE) {
            return None;
        }
        self.refresh(&mut kept).await.ok()?;
        Some(Arc::clone(&kept.keys))
    }

    /// Moves the clock of this issuer.
    #[cfg(test)]
    pub(super) async fn let_pass(&self, time: Duration) {
        let mut kept = self.kept.lock().await;
        kept.read = kept.read.map(|read| read - time);
        kept.tried = kept.tried.map(|tried| tried - time);
    }

    async fn refresh(&self, kept: &mut Kept) -> Result<(), KeysError> {
        let outcome = self.read().await;
        // A pause begins when a reading ends: it may have taken longer than the pause is.
        kept.tried = Some(Instant::now());
        kept.keys = Arc::new(outcome?);
        kept.read = kept.tried;
        Ok(())
    }

    async fn read(&self) -> Result<Keys, KeysError> {
        let url = match &self.jwks {
            Some(url) => url.clone(),
            None => self.discovered().await?,
        };
        let keys = Keys::of(&read(&url).await?);
        if keys.is_empty() {
            return Err(KeysError::Answer("no key that verifies tokens"));
        }
        Ok(keys)
    }

    /// `jwks_uri` of the issuer's metadata (OpenID Connect Discovery 1.0, section 4).
    async fn discovered(&self) -> Result<String, KeysError> {
        let issuer = self.name.trim_end_matches('/');
        let metadata = read(&format!("{issuer}/.well-known/openid-configuration")).await?;
        let uri = metadata.get("jwks_uri").and_then(Value::as_str);
        uri.map(str::to_owned).ok_or(KeysError::Answer("no `jwks_uri`"))
    }
}

/// Reads JSON from a URL.
async fn read(url: &str) -> Result<Value, KeysError> {
    let (base, path) = split(url).ok_or(KeysError::Insecure)?;
    let http = Http::new(base)?.with_timeout(TIMEOUT);
    let answer = http.send(HttpRequest::new("GET", path)).await?;
    match answer.status {
        200 => serde_json::from_slice(&answer.body).map_err(|_| KeysError::Answer("no JSON")),
        status => Err(KeysError::Status(status)),
    }
}

/// Origin and path of a URL with TLS, or of one on this machine.
fn split(url: &str) -> Option<(&str, &str)> {
    let is_local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    let scheme = match url.starts_with("https://") {
        true => "https://",
        false if is_local.iter().any(|local| url.starts_with(local)) => "http://",
        false => return None,
    };
    let authority = url[scheme.len()..].split(['/', '?', '#']).next()?;
    if authority.is_empty() || authority.contains('@') {
        return None;
    }
    let at = scheme.len() + authority.len();
    Some((&url[..at], if at == url.len() { "/" } else { &url[at..] }))
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn keys_come_over_tls_or_from_this_machine() {
        assert_eq!(split("https://a.example/b?c"), Some(("https://a.example", "/b?c")));
        assert_eq!(split("https://a.example"), Some(("https://a.example", "/")));
        assert_eq!(split("http://127.0.0.1:80/k"), Some(("http://127.0.0.1:80", "/k")));
        for url in [
            "http://a.example/k",
            "http://127.0.0.1.example/k",
            "http://127.0.0.1:1@evil.example/k",
            "file:///k",
            "",
        ] {
            assert_eq!(split(url), None, "{url}");
        }
    }
}
