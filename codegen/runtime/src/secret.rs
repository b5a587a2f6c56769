//! Secrets and parameters of a function: read at its start, kept, and read again when they are old.
//!
//! Values are never in the environment, in `Debug` output, in error messages or in the log.

use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::Mutex;
use tokio::task::JoinSet;

use crate::aws::Stored;
use crate::bus::backoff;
use crate::log::{Level, Line};
use crate::{Aws, Sensitive};

/// The timeout of an attempt to read a value.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(2);
/// The maximum number of attempts, including the first.
const MAX_ATTEMPTS: u32 = 4;
/// How long an old value is used before another attempt, after it could not be read again.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(30);
/// How long a value is kept.
const REFRESH: Duration = Duration::from_secs(300);

/// A value in Secrets Manager or Parameter Store. Generated settings hold one for each that the contract declares.
/// Cheap to clone.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use runtime::Secret;
///
/// let password = Secret::fixed("s3cr3t"); // in tests; functions get theirs from `Settings::load`
/// assert_eq!(password.read().await?.expose(), "s3cr3t");
/// assert_eq!(format!("{password:?}"), "Secret(fixed)");
/// # Ok::<(), runtime::SecretError>(()) }).unwrap();
/// ```
#[derive(Clone)]
pub struct Secret(Arc<Inner>);

struct Inner {
    /// Where the value is; `None` for one that is fixed.
    place: Option<SecretSource>,
    key: Option<&'static str>,
    refresh: Duration,
    kept: Mutex<Option<Kept>>,
}

#[derive(Clone)]
struct SecretSource {
    aws: Aws,
    stored: Stored,
    variable: &'static str,
    /// The name or ARN, from the environment.
    id: Option<Arc<str>>,
}

struct Kept {
    value: Sensitive<String>,
    until: SystemTime,
}

/// A secret or parameter could not be read. The message contains its name, not its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read {name}: {reason}")]
pub struct SecretError {
    /// The kind, and the name or ARN.
    pub name: String,
    /// The cause.
    pub reason: String,
}

impl Secret {
    /// The secret of Secrets Manager with the name or ARN in this environment variable.
    #[must_use]
    pub fn in_secrets_manager(aws: &Aws, variable: &'static str) -> Self {
        Self::at(aws, Stored::Secret, variable)
    }

    /// The parameter of Parameter Store with the name or ARN in this environment variable.
    #[must_use]
    pub fn in_parameter_store(aws: &Aws, variable: &'static str) -> Self {
        Self::at(aws, Stored::Parameter, variable)
    }

    /// A secret that always has this value, for tests.
    #[must_use]
    pub fn fixed(value: impl Into<String>) -> Self {
        let value = Sensitive::new(value.into());
        let kept = Kept { value, until: SystemTime::UNIX_EPOCH };
        Self(Arc::new(Inner {
            place: None,
            key: None,
            refresh: REFRESH,
            kept: Mutex::new(Some(kept)),
        }))
    }

    fn at(aws: &Aws, stored: Stored, variable: &'static str) -> Self {
        let id = aws.variable(variable).map(Arc::from);
        let place = Some(SecretSource { aws: aws.clone(), stored, variable, id });
        Self(Arc::new(Inner { place, key: None, refresh: REFRESH, kept: Mutex::new(None) }))
    }

    /// The same, but only the value of this key of a JSON object.
    #[must_use]
    pub fn with_key(self, key: &'static str) -> Self {
        self.changed(|inner| inner.key = Some(key))
    }

    /// The same, kept for this many seconds before it is read again; 300 by default.
    #[must_use]
    pub fn with_refresh_seconds(self, seconds: u64) -> Self {
        self.changed(|inner| inner.refresh = Duration::from_secs(seconds))
    }

    /// The same, read in another way; one that is fixed stays as it is.
    fn changed(self, change: impl FnOnce(&mut Inner)) -> Self {
        let Some(place) = self.0.place.clone() else { return self };
        let Inner { key, refresh, .. } = *self.0;
        let mut inner = Inner { place: Some(place), key, refresh, kept: Mutex::new(None) };
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// The value. It is read again if it is old; if that fails, the old value is used and the failure is logged.
    ///
    /// # Errors
    /// No value could be read so far.
    pub async fn read(&self) -> Result<Sensitive<String>, SecretError> {
        let mut kept = self.0.kept.lock().await;
        let Some(place) = &self.0.place else {
            return Ok(kept.as_ref().map(|kept| kept.value.clone()).unwrap_or_default());
        };
        let now = SystemTime::now();
        if let Some(known) = kept.as_ref().filter(|known| now < known.until) {
            return Ok(known.value.clone());
        }
        match (place.fetch(self.0.key).await, kept.as_mut()) {
            (Ok(value), _) => {
                *kept = Some(Kept { value: value.clone(), until: now + self.0.refresh });
                Ok(value)
            }
            (Err(error), Some(known)) => {
                let message = "an old value of a secret is used";
                Line::new(Level::Warn, message).with("cause", &error.to_string()).write();
                known.until = now + PAUSE_AFTER_FAILURE;
                Ok(known.value.clone())
            }
            (Err(error), None) => Err(error),
        }
    }

    /// Reads the value again on the next [`Secret::read`], for example because a service rejected it after a rotation.
    pub async fn expire(&self) {
        if let Some(known) = self.0.kept.lock().await.as_mut() {
            known.until = SystemTime::UNIX_EPOCH;
        }
    }

    /// Reads several secrets at once.
    ///
    /// # Errors
    /// One of them could not be read.
    pub async fn read_all<'a>(
        secrets: impl IntoIterator<Item = &'a Self>,
    ) -> Result<(), SecretError> {
        let mut reads = JoinSet::new();
        for secret in secrets {
            let secret = secret.clone();
            reads.spawn(async move { secret.read().await.map(drop) });
        }
        while let Some(read) = reads.join_next().await {
            // A task that panicked has no value, and reading it later says why.
            read.unwrap_or(Ok(()))?;
        }
        Ok(())
    }
}

impl SecretSource {
    /// The value as it is now.
    async fn fetch(&self, key: Option<&str>) -> Result<Sensitive<String>, SecretError> {
        let kind = match self.stored {
            Stored::Secret => "the secret",
            Stored::Parameter => "the parameter",
        };
        let fail =
            |id: &str, reason: String| SecretError { name: format!("{kind} `{id}`"), reason };
        let Some(id) = &self.id else {
            return Err(fail(self.variable, format!("`{}` is not set", self.variable)));
        };
        let text = self.attempts(id).await.map_err(|reason| fail(id, reason))?;
        let value = match key {
            None => Ok(text),
            Some(key) => member(&text, key),
        };
        value.map(Sensitive::new).map_err(|reason| fail(id, reason))
    }

    async fn attempts(&self, id: &str) -> Result<String, String> {
        let mut attempt = 0;
        loop {
            let read = tokio::time::timeout(ATTEMPT_TIMEOUT, self.stored.read(&self.aws, id));
            let (reason, again) = match read.await {
                Ok(Ok(Some(text))) => return Ok(text),
                Ok(Ok(None)) => ("it is binary, not text".to_owned(), false),
                Ok(Err(error)) => (error.to_string(), error.is_passing()),
                Err(_) => ("no answer in time".to_owned(), true),
            };
            attempt += 1;
            if !again || attempt == MAX_ATTEMPTS {
                return Err(reason);
            }
            tokio::time::sleep(backoff(attempt)).await;
        }
    }
}

/// The value of a key of a JSON object, as text. What is wrong is told without the text.
fn member(text: &str, key: &str) -> Result<String, String> {
    let object: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(text).map_err(|_| "it is not a JSON object".to_owned())?;
    match object.get(key) {
        Some(serde_json::Value::String(text)) => Ok(text.clone()),
        Some(value @ (serde_json::Value::Number(_) | serde_json::Value::Bool(_))) => {
            Ok(value.to_string())
        }
        Some(_) => Err(format!("its key `{key}` is not a string, a number or a boolean")),
        None => Err(format!("it has no key `{key}`")),
    }
}

impl Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.place.as_ref().map(|place| (place.variable, &place.id)) {
            None => f.write_str("Secret(fixed)"),
            Some((variable, None)) => write!(f, "Secret({variable})"),
            Some((_, Some(id))) => write!(f, "Secret({id})"),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// An endpoint that answers with these responses in turn, and counts requests.
    async fn endpoint(answers: Vec<(u16, &'static str)>) -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let count = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&count);
        tokio::spawn(async move {
            for (status, body) in answers {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut buffer = [0; 4096];
                let mut request = String::new();
                while !request.contains("\r\n\r\n") || !request.ends_with('}') {
                    let n = stream.read(&mut buffer).await.unwrap();
                    request.push_str(&String::from_utf8_lossy(&buffer[..n]));
                }
                assert!(request.contains("AWS4-HMAC-SHA256"), "{request}");
                counted.fetch_add(1, Ordering::Relaxed);
                let n = body.len();
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: {n}\r\nconnection: close\r\n\r\n"
                );
                stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
            }
        });
        (url, count)
    }

    #[tokio::test]
    async fn a_value_is_kept_until_it_is_old_and_after_a_failure() {
        let (url, count) = endpoint(vec![
            (500, "{}"),
            (200, r#"{"SecretString":"{\"password\":\"marked\",\"port\":5432}"}"#),
            (400, r#"{"__type":"ResourceNotFoundException","message":"gone"}"#),
        ])
        .await;
        let aws = Aws::local(&url, &[("DB_SECRET", "shop/db")]);
        let secret = Secret::in_secrets_manager(&aws, "DB_SECRET").with_key("password");
        assert_eq!(secret.read().await.unwrap().expose(), "marked");
        assert_eq!(secret.read().await.unwrap().expose(), "marked");
        assert_eq!(count.load(Ordering::Relaxed), 2);
        secret.expire().await;
        assert_eq!(secret.read().await.unwrap().expose(), "marked");
        assert_eq!(count.load(Ordering::Relaxed), 3);
        assert_eq!(format!("{secret:?}"), "Secret(shop/db)");
    }

    #[tokio::test]
    async fn failures_name_the_secret_and_never_its_value() {
        let text = r#"{"SecretString":"{\"password\":[\"marked\"]}"}"#;
        let broken = r#"{"SecretString":{"marked":1}}"#;
        let (url, _) = endpoint(vec![(200, text), (200, text), (200, broken)]).await;
        let aws = Aws::local(&url, &[("DB_SECRET", "shop/db")]);
        let keys = [("password", "not a string"), ("user", "has no key `user`")];
        for (key, told) in keys {
            let secret = Secret::in_secrets_manager(&aws, "DB_SECRET").with_key(key);
            let error = secret.read().await.unwrap_err().to_string();
            assert!(error.contains("`shop/db`") && error.contains(told), "{error}");
            assert!(!error.contains("marked"), "{error}");
        }
        let missing = Secret::in_parameter_store(&aws, "NAME_PARAMETER");
        let error = missing.read().await.unwrap_err().to_string();
        assert!(error.contains("`NAME_PARAMETER` is not set"), "{error}");
    }
}
