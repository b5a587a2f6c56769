//! `PutEvents`, the one call of EventBridge that a function makes: signed by the SDK's signer and sent over the SDK's
//! connections, without the SDK of a service that has sixty other calls.
//!
//! **Source** EventBridge API reference, `PutEvents`; AWS general reference, "Amazon EventBridge endpoints and quotas".

use std::time::SystemTime;

use aws_sdk_dynamodb::config::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use http_body_util::{BodyExt as _, Limited};
use serde::{Deserialize, Serialize};

/// The largest answer that is read, in bytes. EventBridge's have some 60 for an entry.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// The way to EventBridge.
#[derive(Debug)]
pub(crate) struct EventBridge {
    connector: SharedHttpConnector,
    url: Option<String>,
    region: String,
    credentials: Option<SharedCredentialsProvider>,
}

/// An event on the wire.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PutEventsEntry<'a> {
    pub(crate) event_bus_name: &'a str,
    pub(crate) source: &'a str,
    pub(crate) detail_type: &'a str,
    pub(crate) detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trace_header: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PutEvents<'a> {
    entries: &'a [PutEventsEntry<'a>],
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    #[serde(default)]
    entries: Vec<PutEventsResult>,
}

/// What became of one event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct PutEventsResult {
    pub(crate) event_id: Option<String>,
    pub(crate) error_code: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(rename = "__type")]
    kind: Option<String>,
    #[serde(alias = "Message")]
    message: Option<String>,
}

/// Why a call failed as a whole.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CallError {
    /// It was not sent.
    #[error("the request to EventBridge could not be made: {0}")]
    NotSent(String),
    /// EventBridge answered with an error.
    #[error("EventBridge answered {status}: {code}: {message}")]
    Refused { status: u16, code: String, message: String },
    /// It was sent, and nobody knows what became of it.
    #[error("no answer of EventBridge: {0}")]
    NoAnswer(String),
}

impl EventBridge {
    /// The way to the endpoint, to the one of the configuration, or to that of the region.
    pub(super) fn new(
        config: &SdkConfig,
        connector: SharedHttpConnector,
        endpoint: Option<&str>,
    ) -> Self {
        let region = config.region().map(ToString::to_string);
        let kind = (config.use_fips() == Some(true), config.use_dual_stack() == Some(true));
        let url = match endpoint.or_else(|| config.endpoint_url()) {
            // Signatures cover the path, which an address without one has all the same.
            Some(url) => Some(format!("{}/", url.trim_end_matches('/'))),
            None => region.as_deref().map(|region| public_endpoint(region, kind)),
        };
        let credentials = config.credentials_provider();
        Self { connector, url, region: region.unwrap_or_default(), credentials }
    }

    /// Makes the call once.
    pub(crate) async fn put_events(
        &self,
        entries: &[PutEventsEntry<'_>],
        trace: Option<&str>,
    ) -> Result<Vec<PutEventsResult>, CallError> {
        let request = self.request(entries, trace).await.map_err(CallError::NotSent)?;
        let response = self.connector.call(request).await;
        let response = response.map_err(|error| CallError::NoAnswer(causes(&error)))?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await;
        let body = body.map_err(|error| CallError::NoAnswer(error.to_string()))?.to_bytes();
        if status != 200 {
            return Err(refused(status, &body));
        }
        let answer = serde_json::from_slice::<Answer>(&body);
        Ok(answer.map_err(|error| CallError::NoAnswer(error.to_string()))?.entries)
    }

    /// The signed request.
    async fn request(
        &self,
        entries: &[PutEventsEntry<'_>],
        trace: Option<&str>,
    ) -> Result<HttpRequest, String> {
        let url = self.url.as_deref().ok_or("no region is set")?;
        let body = serde_json::to_string(&PutEvents { entries }).map_err(|e| e.to_string())?;
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "AWSEvents.PutEvents"),
        ];
        let signature = self.sign(url, &headers, &body).await?;
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method("POST").map_err(|error| error.to_string())?;
        request.set_uri(url).map_err(|error| error.to_string())?;
        let all = headers.into_iter().map(|(name, value)| (name, value.to_owned()));
        // The trace came with a message, and a header takes no other characters.
        let trace = trace.filter(|id| id.bytes().all(|byte| (b' '..=b'~').contains(&byte)));
        let all = all.chain(signature).chain(trace.map(|id| ("x-amzn-trace-id", id.to_owned())));
        for (name, value) in all {
            let inserted = request.headers_mut().try_insert(name, value);
            inserted.map_err(|error| error.to_string())?;
        }
        Ok(request)
    }

    /// The headers that a signature consists of.
    async fn sign(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Vec<(&'static str, String)>, String> {
        let provider = self.credentials.as_ref().ok_or("there are no credentials")?;
        let credentials = provider.provide_credentials().await.map_err(|error| causes(&error))?;
        let identity = credentials.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("events")
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| error.to_string())?
            .into();
        let body = SignableBody::Bytes(body.as_bytes());
        let request = SignableRequest::new("POST", url, headers.iter().copied(), body);
        let signed = sign(request.map_err(|error| causes(&error))?, &parameters);
        let (instructions, _) = signed.map_err(|error| causes(&error))?.into_parts();
        let (headers, _) = instructions.into_parts();
        Ok(headers.into_iter().map(|header| (header.name(), header.value().to_owned())).collect())
    }
}

/// What an error in JSON says.
fn refused(status: u16, body: &[u8]) -> CallError {
    let refusal = serde_json::from_slice(body).unwrap_or(Refusal { kind: None, message: None });
    let code = refusal.kind.as_deref().and_then(|kind| kind.rsplit('#').next());
    CallError::Refused {
        status,
        code: code.unwrap_or("no error of AWS").to_owned(),
        message: refusal.message.unwrap_or_default(),
    }
}

/// An error and its causes.
fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Where EventBridge is reached in a region, with FIPS and over IPv6 too where that is asked for.
fn public_endpoint(region: &str, (fips, dual_stack): (bool, bool)) -> String {
    const PARTITIONS: [(&str, &str, &str); 6] = [
        ("cn-", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
        ("eusc-", "amazonaws.eu", "api.amazonwebservices.eu"),
        ("us-iso-", "c2s.ic.gov", "api.aws.ic.gov"),
        ("us-isob-", "sc2s.sgov.gov", "api.aws.scloud"),
        ("us-isof-", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
        ("eu-isoe-", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
    ];
    let partition = PARTITIONS.iter().find(|(prefix, ..)| region.starts_with(prefix));
    let (_, suffix, dual) = partition.copied().unwrap_or(("", "amazonaws.com", "api.aws"));
    // In the regions of the government of the United States, the ordinary endpoint is the one with FIPS.
    let is_plain = !fips || (region.starts_with("us-gov-") && !dual_stack);
    let service = if is_plain { "events" } else { "events-fips" };
    format!("https://{service}.{region}.{}/", if dual_stack { dual } else { suffix })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_has_its_addresses() {
        let at = |region, kind| public_endpoint(region, kind);
        assert_eq!(at("eu-west-1", (false, false)), "https://events.eu-west-1.amazonaws.com/");
        assert_eq!(at("us-east-1", (true, false)), "https://events-fips.us-east-1.amazonaws.com/");
        assert_eq!(at("us-east-1", (false, true)), "https://events.us-east-1.api.aws/");
        assert_eq!(
            at("us-gov-west-1", (true, false)),
            "https://events.us-gov-west-1.amazonaws.com/"
        );
        assert_eq!(at("cn-north-1", (false, false)), "https://events.cn-north-1.amazonaws.com.cn/");
    }

    #[test]
    fn entries_are_spelled_as_the_service_does() {
        let entry = PutEventsEntry {
            event_bus_name: "b",
            source: "s",
            detail_type: "t",
            detail: "{}",
            trace_header: None,
        };
        let json = serde_json::to_string(&PutEvents { entries: &[entry] });
        let expected =
            r#"{"Entries":[{"EventBusName":"b","Source":"s","DetailType":"t","Detail":"{}"}]}"#;
        assert_eq!(json.ok().as_deref(), Some(expected));
    }

    #[test]
    fn errors_are_told_by_code_and_message() {
        let body = br#"{"__type":"com.amazonaws.events#ThrottlingException","message":"slower"}"#;
        let told = refused(400, body).to_string();
        assert_eq!(told, "EventBridge answered 400: ThrottlingException: slower");
        assert!(refused(503, b"<html>").to_string().contains("503"));
    }
}
