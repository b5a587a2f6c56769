//! Calls of AWS services that speak JSON: signed by the SDK's signer and sent over the SDK's connections, without the
//! SDK of a service of which a function makes one call.
//!
//! **Source** AWS JSON 1.1 protocol (Smithy); AWS general reference, "Service endpoints and quotas".

use std::time::SystemTime;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_dynamodb::config::{ProvideCredentials as _, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use http_body_util::{BodyExt as _, Limited};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The largest answer that is read, in bytes.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;

/// A service of AWS: its name in messages, in environment variables, and in addresses and signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JsonService {
    pub(crate) title: &'static str,
    pub(crate) variable: &'static str,
    pub(crate) endpoint: &'static str,
    /// Whether the ordinary endpoint is the one with FIPS in the regions of the government of the United States.
    pub(crate) is_fips_in_gov: bool,
}

/// Events.
pub(crate) const EVENTBRIDGE: JsonService = JsonService {
    title: "EventBridge",
    variable: "AWS_ENDPOINT_URL_EVENTBRIDGE",
    endpoint: "events",
    is_fips_in_gov: true,
};

/// Secrets.
pub(crate) const SECRETS_MANAGER: JsonService = JsonService {
    title: "Secrets Manager",
    variable: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
    endpoint: "secretsmanager",
    is_fips_in_gov: false,
};

/// Parameters.
pub(crate) const PARAMETER_STORE: JsonService = JsonService {
    title: "Parameter Store",
    variable: "AWS_ENDPOINT_URL_SSM",
    endpoint: "ssm",
    is_fips_in_gov: true,
};

/// The way to a service.
#[derive(Debug)]
pub(crate) struct JsonClient {
    service: JsonService,
    connector: SharedHttpConnector,
    url: Option<String>,
    region: String,
    credentials: Option<SharedCredentialsProvider>,
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
    #[error("the request to {service} could not be made: {reason}")]
    NotSent { service: &'static str, reason: Unsent },
    /// The service answered with an error.
    #[error("{service} answered {status}: {code}: {message}")]
    Refused { service: &'static str, status: u16, code: String, message: String },
    /// It was sent, and nobody knows what became of it.
    #[error("no answer of {service}: {reason}")]
    NoAnswer { service: &'static str, reason: String },
}

/// Why a request could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unsent {
    /// The configuration has no region, and no address of the service.
    #[error("no region is set")]
    NoRegion,
    /// The configuration has no credentials.
    #[error("there are no credentials")]
    NoCredentials,
    /// The provider of the credentials failed.
    #[error("{}", causes(.0))]
    Credentials(#[from] CredentialsError),
    /// The request cannot be written or signed.
    #[error("{0}")]
    Invalid(String),
}

impl Unsent {
    fn invalid(error: &(dyn std::error::Error + 'static)) -> Self {
        Self::Invalid(causes(error))
    }

    /// Whether the request may be made later: only the service that hands out credentials fails for a while.
    fn is_passing(&self) -> bool {
        use CredentialsError::{CredentialsNotLoaded, InvalidConfiguration};
        match self {
            Self::Credentials(error) => {
                !matches!(error, CredentialsNotLoaded(_) | InvalidConfiguration(_))
            }
            Self::NoRegion | Self::NoCredentials | Self::Invalid(_) => false,
        }
    }
}

impl CallError {
    /// Whether the same call may succeed later.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::NotSent { reason, .. } => reason.is_passing(),
            Self::NoAnswer { .. } => true,
            Self::Refused { status, code, .. } => {
                *status >= 500 || *status == 429 || is_passing(code)
            }
        }
    }
}

/// Whether an error code is of a transient error.
pub(crate) fn is_passing(code: &str) -> bool {
    ["Throttl", "Internal", "Unavailable", "TooManyRequests", "Timeout"]
        .iter()
        .any(|part| code.contains(part))
}

impl JsonClient {
    /// The way to the endpoint, to the one of the configuration, or to that of the region.
    pub(super) fn new(
        service: JsonService,
        config: &SdkConfig,
        connector: SharedHttpConnector,
        endpoint: Option<&str>,
    ) -> Self {
        let region = config.region().map(ToString::to_string);
        let kind = (config.use_fips() == Some(true), config.use_dual_stack() == Some(true));
        let url = match endpoint.or_else(|| config.endpoint_url()) {
            // Signatures cover the path, which an address without one has all the same.
            Some(url) => Some(format!("{}/", url.trim_end_matches('/'))),
            None => region.as_deref().map(|region| public_endpoint(service, region, kind)),
        };
        let credentials = config.credentials_provider();
        Self { service, connector, url, region: region.unwrap_or_default(), credentials }
    }

    /// Makes a call once: `AWSEvents.PutEvents` with this body and these headers.
    pub(crate) async fn call<A: DeserializeOwned>(
        &self,
        target: &str,
        body: &impl Serialize,
        headers: &[(&'static str, &str)],
    ) -> Result<A, CallError> {
        let service = self.service.title;
        let no_answer = |reason| CallError::NoAnswer { service, reason };
        let request = self.request(target, body, headers).await;
        let request = request.map_err(|reason| CallError::NotSent { service, reason })?;
        let response = self.connector.call(request).await;
        let response = response.map_err(|error| no_answer(causes(&error)))?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), MAX_ANSWER_BYTES).collect().await;
        let body = body.map_err(|error| no_answer(error.to_string()))?.to_bytes();
        if status != 200 {
            return Err(refused(service, status, &body));
        }
        // What is wrong with an answer is told by its place: serde quotes values, which may be secret.
        serde_json::from_slice(&body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            no_answer(format!("the answer is not as expected at line {line}, column {column}"))
        })
    }

    /// The signed request.
    async fn request(
        &self,
        target: &str,
        body: &impl Serialize,
        more: &[(&'static str, &str)],
    ) -> Result<HttpRequest, Unsent> {
        let url = self.url.as_deref().ok_or(Unsent::NoRegion)?;
        let body = serde_json::to_string(body).map_err(|error| Unsent::invalid(&error))?;
        let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)];
        let signature = self.sign(url, &headers, &body).await?;
        let mut request = HttpRequest::new(SdkBody::from(body));
        request.set_method("POST").map_err(|error| Unsent::invalid(&error))?;
        request.set_uri(url).map_err(|error| Unsent::invalid(&error))?;
        let all = headers.iter().chain(more).map(|(name, value)| (*name, (*value).to_owned()));
        for (name, value) in all.chain(signature) {
            let inserted = request.headers_mut().try_insert(name, value);
            inserted.map_err(|error| Unsent::invalid(&error))?;
        }
        Ok(request)
    }

    /// The headers that a signature consists of.
    async fn sign(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<Vec<(&'static str, String)>, Unsent> {
        let provider = self.credentials.as_ref().ok_or(Unsent::NoCredentials)?;
        let credentials = provider.provide_credentials().await?;
        let identity = credentials.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(self.service.endpoint)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .map_err(|error| Unsent::invalid(&error))?
            .into();
        let body = SignableBody::Bytes(body.as_bytes());
        let request = SignableRequest::new("POST", url, headers.iter().copied(), body);
        let request = request.map_err(|error| Unsent::invalid(&error))?;
        let signed = sign(request, &parameters).map_err(|error| Unsent::invalid(&error))?;
        let (instructions, _) = signed.into_parts();
        let (headers, _) = instructions.into_parts();
        Ok(headers.into_iter().map(|header| (header.name(), header.value().to_owned())).collect())
    }
}

/// What an error in JSON says.
fn refused(service: &'static str, status: u16, body: &[u8]) -> CallError {
    let refusal = serde_json::from_slice(body).unwrap_or(Refusal { kind: None, message: None });
    let code = refusal.kind.as_deref().and_then(|kind| kind.rsplit('#').next());
    CallError::Refused {
        service,
        status,
        code: code.unwrap_or("no error code").to_owned(),
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

/// Where a service is reached in a region, with FIPS and over IPv6 too where that is asked for.
fn public_endpoint(service: JsonService, region: &str, (fips, dual_stack): (bool, bool)) -> String {
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
    let in_gov = service.is_fips_in_gov && region.starts_with("us-gov-") && !dual_stack;
    let name = service.endpoint;
    let name = if !fips || in_gov { name.to_owned() } else { format!("{name}-fips") };
    format!("https://{name}.{region}.{}/", if dual_stack { dual } else { suffix })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_has_its_addresses() {
        let at = |region, kind| public_endpoint(EVENTBRIDGE, region, kind);
        assert_eq!(at("eu-west-1", (false, false)), "https://events.eu-west-1.amazonaws.com/");
        assert_eq!(at("us-east-1", (true, false)), "https://events-fips.us-east-1.amazonaws.com/");
        assert_eq!(at("us-east-1", (false, true)), "https://events.us-east-1.api.aws/");
        assert_eq!(
            at("us-gov-west-1", (true, false)),
            "https://events.us-gov-west-1.amazonaws.com/"
        );
        assert_eq!(at("cn-north-1", (false, false)), "https://events.cn-north-1.amazonaws.com.cn/");
        assert_eq!(
            public_endpoint(SECRETS_MANAGER, "us-gov-west-1", (true, false)),
            "https://secretsmanager-fips.us-gov-west-1.amazonaws.com/"
        );
        assert_eq!(
            public_endpoint(PARAMETER_STORE, "eu-west-1", (false, true)),
            "https://ssm.eu-west-1.api.aws/"
        );
    }

    #[test]
    fn a_call_without_credentials_is_final_unless_their_service_failed() {
        let not_sent = |reason| CallError::NotSent { service: "EventBridge", reason };
        let failed = not_sent(CredentialsError::provider_error("connection refused").into());
        assert!(failed.is_passing() && failed.to_string().contains("connection refused"));
        for reason in [
            Unsent::NoRegion,
            Unsent::NoCredentials,
            CredentialsError::not_loaded("no profile").into(),
        ] {
            assert!(!not_sent(reason).is_passing());
        }
    }

    #[test]
    fn errors_are_told_by_code_and_message() {
        let body = br#"{"__type":"com.amazonaws.events#ThrottlingException","message":"slower"}"#;
        let error = refused("EventBridge", 400, body);
        assert_eq!(error.to_string(), "EventBridge answered 400: ThrottlingException: slower");
        assert!(error.is_passing());
        let broken = refused("EventBridge", 503, b"<html>");
        assert!(broken.to_string().contains("503") && broken.is_passing());
    }
}
