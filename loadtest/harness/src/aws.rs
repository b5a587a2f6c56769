//! The way to AWS for what a deployed stack tells of itself: signed requests to CloudFormation, SQS and EventBridge, and
//! the SDK's DynamoDB client.
//!
//! Configuration is the SDK's own: credentials, profile, region and endpoints are found as every AWS tool finds them.
//! The few calls of the others are signed by the SDK's signer and sent by the client that is there anyway: three more
//! SDKs would be compiled by everybody before the first verdict.

use std::time::SystemTime;

use anyhow::{Context as _, anyhow, bail};
use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::provider::ProvideCredentials as _;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use aws_types::service_config::ServiceConfigKey;

/// Access to an account and a region; cheap to clone.
#[derive(Debug, Clone)]
pub struct Aws {
    config: SdkConfig,
    region: String,
    client: reqwest::Client,
}

/// A service that is called without an SDK of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Which answers XML to forms.
    CloudFormation,
    /// Which answers JSON to JSON.
    Sqs,
    /// Which does too; for what its client reads too strictly.
    DynamoDb,
    /// EventBridge, which does as well.
    Events,
    /// Which takes and gives objects.
    S3,
}

impl Service {
    /// Its name in signatures and addresses.
    fn name(self) -> &'static str {
        match self {
            Self::CloudFormation => "cloudformation",
            Self::Sqs => "sqs",
            Self::DynamoDb => "dynamodb",
            Self::Events => "events",
            Self::S3 => "s3",
        }
    }

    /// Its name in configuration files.
    fn id(self) -> &'static str {
        match self {
            Self::CloudFormation => "CloudFormation",
            Self::Sqs => "SQS",
            Self::DynamoDb => "DynamoDB",
            Self::Events => "EventBridge",
            Self::S3 => "S3",
        }
    }
}

/// S3 signs paths as they are, and the body's sum as a header.
fn settings(service: Service) -> SigningSettings {
    let mut settings = SigningSettings::default();
    if service == Service::S3 {
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    settings
}

impl Aws {
    /// Finds out where and as whom to ask. Asks nobody yet, but for credentials that a service gives out.
    ///
    /// # Errors
    /// When no region is configured.
    pub async fn load(client: reqwest::Client) -> anyhow::Result<Self> {
        let tls = tls::Provider::Rustls(CryptoMode::AwsLc);
        let config = aws_config::defaults(BehaviorVersion::latest())
            .http_client(Builder::new().tls_provider(tls).build_https())
            .load()
            .await;
        let Some(region) = config.region().map(ToString::to_string) else {
            bail!("no AWS region is configured; set AWS_REGION, or a profile with AWS_PROFILE");
        };
        Ok(Self { config, region, client })
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// A client of DynamoDB.
    #[must_use]
    pub fn dynamodb(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&self.config)
    }

    /// Sends a signed request and returns status and text of the answer.
    ///
    /// # Errors
    /// When there are no credentials, or no answer.
    pub async fn post(
        &self,
        service: Service,
        headers: &[(&str, &str)],
        body: String,
    ) -> anyhow::Result<(u16, String)> {
        let url = self.endpoint(service);
        let signed = self.sign(service, "POST", &url, headers, &body).await?;
        let mut request = self.client.post(&url);
        for (name, value) in headers.iter().copied() {
            request = request.header(name, value);
        }
        for (name, value) in &signed {
            request = request.header(name, value);
        }
        let about = || format!("{} does not respond at {url}", service.id());
        let response = request.body(body).send().await.with_context(about)?;
        let status = response.status().as_u16();
        Ok((status, response.text().await.with_context(about)?))
    }

    /// Puts an object into S3 or gets it, by `/BUCKET/KEY`; returns status and text of the answer.
    ///
    /// # Errors
    /// When there are no credentials, or no answer.
    pub async fn object(
        &self,
        method: reqwest::Method,
        path: &str,
        body: String,
    ) -> anyhow::Result<(u16, String)> {
        let url = format!("{}{path}", self.endpoint(Service::S3).trim_end_matches('/'));
        let mut request = self.client.request(method.clone(), &url);
        for (name, value) in self.sign(Service::S3, method.as_str(), &url, &[], &body).await? {
            request = request.header(name, value);
        }
        let about = || format!("S3 does not respond at {url}");
        let response = request.body(body).send().await.with_context(about)?;
        let status = response.status().as_u16();
        Ok((status, response.text().await.with_context(about)?))
    }

    /// The headers that a signature consists of.
    async fn sign(
        &self,
        service: Service,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> anyhow::Result<Vec<(String, String)>> {
        let Some(provider) = self.config.credentials_provider() else {
            bail!("no AWS credentials are configured");
        };
        let credentials = provider.provide_credentials().await.context(
            "no AWS credentials were found; set AWS_PROFILE, or run `aws configure export-credentials --format env` \
         for single sign-on",
        )?;
        let identity = credentials.into();
        let parameters = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(service.name())
            .time(SystemTime::now())
            .settings(settings(service))
            .build()
            .context("cannot sign the request")?
            .into();
        let body = SignableBody::Bytes(body.as_bytes());
        let request = SignableRequest::new(method, url, headers.iter().copied(), body);
        let output = sign(request.context("cannot sign the request")?, &parameters)
            .context("cannot sign the request")?;
        let (instructions, _) = output.into_parts();
        let headers = instructions.headers();
        Ok(headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// Where a service is reached: its own configured address, the one for all services, or that of AWS.
    fn endpoint(&self, service: Service) -> String {
        let key = ServiceConfigKey::builder()
            .service_id(service.id())
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build();
        let own = key.ok().and_then(|key| self.config.service_config()?.load_config(key));
        let own = own.as_deref().or_else(|| self.config.endpoint_url());
        match own {
            // Signatures cover the path, which an address without one has all the same.
            Some(url) => format!("{}/", url.trim_end_matches('/')),
            None => public_endpoint(service, &self.region),
        }
    }
}

fn public_endpoint(service: Service, region: &str) -> String {
    let suffix = if region.starts_with("cn-") { "amazonaws.com.cn" } else { "amazonaws.com" };
    format!("https://{}.{region}.{suffix}/", service.name())
}

/// What an answer in JSON says went wrong.
#[must_use]
pub(crate) fn json_fault(status: u16, text: &str) -> anyhow::Error {
    let document: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let field = |names: [&str; 2]| names.iter().find_map(|name| document[*name].as_str());
    let code = field(["__type", "code"]).and_then(|code| code.rsplit('#').next());
    match (code, field(["message", "Message"])) {
        (Some(code), Some(message)) => anyhow!("{code}: {message}"),
        (Some(code), None) => anyhow!("{code}"),
        _ => anyhow!("status {status}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_partition_has_its_addresses() {
        let at = |region| public_endpoint(Service::CloudFormation, region);
        assert_eq!(at("eu-west-1"), "https://cloudformation.eu-west-1.amazonaws.com/");
        assert_eq!(at("cn-north-1"), "https://cloudformation.cn-north-1.amazonaws.com.cn/");
    }

    #[test]
    fn faults_are_told_by_code_and_message() {
        let text = r#"{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"no such queue"}"#;
        assert_eq!(json_fault(400, text).to_string(), "QueueDoesNotExist: no such queue");
        assert_eq!(json_fault(503, "<html>").to_string(), "status 503");
    }
}
