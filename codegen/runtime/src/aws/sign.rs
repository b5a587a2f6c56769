//! Signature Version 4 of a `POST` whose address never changes, as all calls of the JSON protocols are.
//!
//! The SDK's signer, `aws_sigv4::http_request::sign`, takes any request, so it parses, sorts and encodes what is known
//! here. Its test compares both.
//!
//! **Source** AWS IAM user guide, "Create a signed AWS API request".

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_lc_rs::{digest, hmac};
use aws_sdk_dynamodb::config::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_sigv4::sign::v4::generate_signing_key;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use tokio::sync::Mutex;

use super::wire::Unsent;
use crate::percent_encode;

/// How long credentials are used that do not say when they expire.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// How long before they expire credentials are asked for again.
const MARGIN: Duration = Duration::from_secs(10);

/// Signs the calls of one service.
#[derive(Debug)]
pub(super) struct Signer {
    service: &'static str,
    region: String,
    host: String,
    path: String,
    provider: Option<SharedCredentialsProvider>,
    /// One task at a time asks for credentials.
    key: Mutex<Option<Arc<Key>>>,
}

/// What is the same for all requests of a day.
struct Key {
    credentials: Credentials,
    until: SystemTime,
    date: String,
    key: hmac::Key,
}

impl Signer {
    pub(super) fn new(
        service: &'static str,
        region: String,
        uri: &hyper::Uri,
        provider: Option<SharedCredentialsProvider>,
    ) -> Self {
        let usual = if uri.scheme_str() == Some("http") { 80 } else { 443 };
        let host = uri.host().unwrap_or_default();
        let host = match uri.port_u16().filter(|port| *port != usual) {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        // A path is encoded once more than it is in the address.
        let path: Vec<String> = uri.path().split('/').map(percent_encode).collect();
        Self { service, region, host, path: path.join("/"), provider, key: Mutex::default() }
    }

    /// Adds a signature of its content type, target and body to a request.
    pub(super) async fn sign(&self, request: &mut HttpRequest) -> Result<(), Unsent> {
        self.sign_at(request, SystemTime::now()).await
    }

    async fn sign_at(&self, request: &mut HttpRequest, now: SystemTime) -> Result<(), Unsent> {
        let time = timestamp(now)?;
        let date = time.get(..8).unwrap_or_default();
        let key = self.key(now, date).await?;
        let token = key.credentials.session_token();
        let (lines, names) = match token {
            Some(token) => (
                format!("x-amz-security-token:{token}\n"),
                "content-type;host;x-amz-date;x-amz-security-token;x-amz-target",
            ),
            None => (String::new(), "content-type;host;x-amz-date;x-amz-target"),
        };
        let header = |name| request.headers().get(name).unwrap_or_default();
        let canonical = format!(
            "POST\n{}\n\ncontent-type:{}\nhost:{}\nx-amz-date:{time}\n{lines}x-amz-target:{}\n\n{names}\n{}",
            self.path,
            header("content-type"),
            self.host,
            header("x-amz-target"),
            sha256(request.body().bytes().unwrap_or_default()),
        );
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let to_sign =
            format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", sha256(canonical.as_bytes()));
        let signature = hex(hmac::sign(&key.key, to_sign.as_bytes()).as_ref());
        let id = key.credentials.access_key_id();
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}"
        );
        let headers = [("x-amz-date", time), ("authorization", authorization)];
        let token = token.map(|token| ("x-amz-security-token", token.to_owned()));
        for (name, value) in headers.into_iter().chain(token) {
            let inserted = request.headers_mut().try_insert(name, value);
            inserted.map_err(|error| Unsent::invalid(&error))?;
        }
        Ok(())
    }

    /// The key of a day, with credentials that are still good.
    async fn key(&self, now: SystemTime, date: &str) -> Result<Arc<Key>, Unsent> {
        let mut known = self.key.lock().await;
        let last = known.as_ref().filter(|key| now < key.until);
        let (credentials, until) = match last {
            Some(key) if key.date == date => return Ok(Arc::clone(key)),
            Some(key) => (key.credentials.clone(), key.until),
            None => {
                let provider = self.provider.as_ref().ok_or(Unsent::NoCredentials)?;
                let credentials = provider.provide_credentials().await?;
                let until = credentials.expiry().and_then(|expiry| expiry.checked_sub(MARGIN));
                (credentials, until.unwrap_or(now + LIFETIME))
            }
        };
        let secret = credentials.secret_access_key();
        let bytes = generate_signing_key(secret, now, &self.region, self.service);
        let key = hmac::Key::new(hmac::HMAC_SHA256, bytes.as_ref());
        let key = Arc::new(Key { credentials, until, date: date.to_owned(), key });
        *known = Some(Arc::clone(&key));
        Ok(key)
    }
}

/// `20261130T120000Z`.
fn timestamp(now: SystemTime) -> Result<String, Unsent> {
    let now = jiff::Timestamp::try_from(now).map_err(|error| Unsent::invalid(&error))?;
    let now = jiff::tz::Offset::UTC.to_datetime(now);
    let (date, time) = (now.date(), now.time());
    Ok(format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    ))
}

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut out = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    out
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("date", &self.date).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::sync::atomic::{AtomicUsize, Ordering};

    use aws_credential_types::credential_fn::provide_credentials_fn;
    use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
    use aws_smithy_types::body::SdkBody;

    use super::*;

    const NOON: Duration = Duration::from_secs(1_796_040_000);

    fn signer(url: &str, token: Option<&str>) -> Signer {
        let credentials = Credentials::new("id", "secret", token.map(str::to_owned), None, "test");
        let provider = SharedCredentialsProvider::new(credentials);
        Signer::new("dynamodb", "eu-west-1".to_owned(), &url.parse().unwrap(), Some(provider))
    }

    fn request(url: &str) -> HttpRequest {
        let mut request = HttpRequest::new(SdkBody::from(r#"{"TableName":"é"}"#));
        request.set_uri(url).unwrap();
        request.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        request.headers_mut().insert("x-amz-target", "DynamoDB_20120810.GetItem");
        request
    }

    /// What the SDK's signer adds to a request.
    fn theirs(
        request: &HttpRequest,
        token: Option<&str>,
        now: SystemTime,
    ) -> Vec<(String, String)> {
        let credentials = Credentials::new("id", "secret", token.map(str::to_owned), None, "test");
        let identity = credentials.into();
        let parameters = aws_sigv4::sign::v4::SigningParams::builder()
            .identity(&identity)
            .region("eu-west-1")
            .name("dynamodb")
            .time(now)
            .settings(SigningSettings::default())
            .build()
            .unwrap()
            .into();
        let body = SignableBody::Bytes(request.body().bytes().unwrap());
        let headers = request.headers().iter();
        let signable = SignableRequest::new("POST", request.uri(), headers, body).unwrap();
        let (instructions, _) = sign(signable, &parameters).unwrap().into_parts();
        let added = instructions.headers();
        added.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[tokio::test]
    async fn a_signature_is_that_of_the_sdk() {
        let now = SystemTime::UNIX_EPOCH + NOON;
        for url in [
            "https://dynamodb.eu-west-1.amazonaws.com/",
            "https://example.com:443/",
            "http://127.0.0.1:8000/",
            "http://localhost:4566/some/prefix/",
            "http://localhost:4566/with%20space/",
        ] {
            for token in [None, Some("a/token+=")] {
                let mut signed = request(url);
                let expected = theirs(&signed, token, now);
                signer(url, token).sign_at(&mut signed, now).await.unwrap();
                for (name, value) in expected {
                    let ours = signed.headers().get(&name);
                    assert_eq!(ours, Some(value.as_str()), "{name} of {url}");
                }
            }
        }
    }

    #[tokio::test]
    async fn credentials_are_asked_for_before_they_expire() {
        let n_asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&n_asked);
        let expiry = SystemTime::UNIX_EPOCH + NOON + Duration::from_secs(60);
        let provider = provide_credentials_fn(move || {
            let n = count.fetch_add(1, Ordering::Relaxed);
            let expiry = (n == 0).then_some(expiry);
            async move { Ok(Credentials::new(format!("id{n}"), "secret", None, expiry, "test")) }
        });
        let provider = SharedCredentialsProvider::new(provider);
        let url = "https://example.com/";
        let signer =
            Signer::new("events", "eu-west-1".to_owned(), &url.parse().unwrap(), Some(provider));
        let minutes = |n: u64| Duration::from_secs(60 * n);
        let day = minutes(24 * 60);
        for (later, id) in [
            (Duration::ZERO, "id0/20261130/"),
            (Duration::from_secs(45), "id0/20261130/"),
            (Duration::from_secs(55), "id1/20261130/"),
            (minutes(10), "id1/20261130/"),
            (minutes(16), "id2/20261130/"),
            (day, "id3/20261201/"),
        ] {
            let mut request = request(url);
            signer.sign_at(&mut request, SystemTime::UNIX_EPOCH + NOON + later).await.unwrap();
            let signed = request.headers().get("authorization").unwrap().to_owned();
            assert!(signed.contains(id), "{later:?}: {signed}");
        }
        assert_eq!(n_asked.load(Ordering::Relaxed), 4);
    }
}
